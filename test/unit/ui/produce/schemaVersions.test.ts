import assert from 'node:assert/strict';
import { formatText } from '../../../../src/core/message/codec';
import type { FoundSchema } from '../../../../src/core/schemaRegistry/lookup';
import { schemaToWrite, withVersion } from '../../../../src/ui/produce/schemaVersions';
import { format } from '../../../support/formats';

const schema = { type: 'AVRO', text: '"string"', imports: [] } as const;

describe('The schema by which a format writes', () => {
  const addresses = {
    avro: { by: 'subject', subject: 'orders-key' },
    'gzip(base64(avro))': { by: 'subject', subject: 'orders-key' },
    'protobuf(other-value@2#contoso.Order)': { by: 'subject', subject: 'other-value', version: 2 },
    'avro(order.avsc)': { by: 'file', file: 'order.avsc' },
    messagepack: undefined,
    'base64(string)': undefined,
  } as const;
  for (const [text, address] of Object.entries(addresses)) {
    it(`is found for ${text}`, () => {
      assert.deepEqual(schemaToWrite(format(text), { topic: 'orders', part: 'key' }), address);
    });
  }

  const exact: readonly (readonly [text: string, found: Partial<FoundSchema>, exact: string])[] = [
    ['avro', { subject: 'orders-value', version: 3 }, 'avro(orders-value@3)'],
    ['avro(orders-value)', { subject: 'orders-value', version: 3 }, 'avro(orders-value@3)'],
    ['base64(avro)', { subject: 'orders-value', version: 3 }, 'base64(avro(orders-value@3))'],
    ['protobuf(#a.B)', { subject: 'o', version: 1 }, 'protobuf(o@1#a.B)'],
    ['avro(order.avsc)', { file: 'order.avsc' }, 'avro(order.avsc)'],
    // What would be read as another schema is not named.
    ['avro', { subject: 'order.avsc', version: 1 }, 'avro(order.avsc@1)'],
    ['avro', { subject: 'a#b', version: 1 }, 'avro'],
    ['messagepack', { subject: 'orders-value', version: 3 }, 'messagepack'],
    ['base64', { subject: 'orders-value', version: 3 }, 'base64'],
  ];
  for (const [text, found, expected] of exact) {
    it(`is named with its version: ${text} of ${JSON.stringify(found)}`, () => {
      assert.equal(formatText(withVersion(format(text), { schema, ...found })), expected);
    });
  }
});
