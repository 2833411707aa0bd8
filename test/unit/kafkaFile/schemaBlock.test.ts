import assert from 'node:assert/strict';
import { schemaBlock } from '../../../src/kafkaFile/schemaBlock';
import { readProducer } from '../../../src/kafkaFile/settings';
import { formatText } from '../../../src/core/message/codec';
import { producer } from '../../support/kafkaFiles';

const message = {
  topic: 'orders',
  format: { kind: 'avro', argument: 'orders-value@3' },
  example: '{"id":9007199254740993,"tags":[]}',
  binary: true,
} as const;

describe('A block from a schema', () => {
  it('names the schema, and holds the example with all its digits', () => {
    const text = schemaBlock({ ...message, cluster: 'contoso' });
    const lines = [
      'PRODUCER',
      '-- @cluster: contoso',
      'topic: orders',
      'value-format: avro(orders-value@3)',
      '{',
      '  "id": 9007199254740993,',
      '  "tags": []',
      '}',
      '###',
      '',
    ];
    assert.equal(text, lines.join('\n'));
    const { problems } = readProducer(producer(text));
    assert.deepEqual(problems, []);
  });

  it('is Base64 where the proxy carries text only', () => {
    const { settings } = readProducer(producer(schemaBlock({ ...message, binary: false })));
    assert.equal(formatText(settings.valueFormat), 'base64(avro(orders-value@3))');
  });
});
