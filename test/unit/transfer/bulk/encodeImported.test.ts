import assert from 'node:assert/strict';
import type { KafkaRecord } from '../../../../src/core/kafka';
import { openDecoder, withContent } from '../../../../src/core/message/decoded';
import { here } from '../../../../src/core/message/decoders/here';
import { openEncoders } from '../../../../src/core/produce/encodeRecords';
import { encodeImported } from '../../../../src/transfer/bulk/encodeImported';
import { exportBytes } from '../../../../src/transfer/export/exportFile';
import { exportLayout } from '../../../../src/transfer/export/exportFormats';
import type { Imported } from '../../../../src/transfer/import/imported';
import { importRecords } from '../../../../src/transfer/import/importRecords';
import { format } from '../../../support/formats';
import { knownSchemas } from '../../../support/schemas';
import { phrase } from '../../../../src/core/phrase';
import { guessed } from '../support';

const AVRO = {
  id: 7,
  subject: 'orders-value',
  text: JSON.stringify({
    type: 'record',
    name: 'Order',
    fields: [
      { name: 'id', type: 'long' },
      { name: 'note', type: ['null', 'string'], default: null },
      { name: 'amount', type: { type: 'bytes', logicalType: 'decimal', precision: 9, scale: 2 } },
    ],
  }),
};
const PROTOBUF = {
  id: 9,
  type: 'PROTOBUF',
  subject: 'events-value',
  text: 'syntax = "proto3"; message Event { int64 id = 1; repeated string tags = 2; bytes raw = 3; }',
} as const;
const KEY = { id: 8, subject: 'orders-key', text: '"string"' };
const schemas = knownSchemas(AVRO, PROTOBUF, KEY);

function encodingOf(key: string, value: string, { topic = 'orders', binary = true } = {}) {
  const formats = { key: format(key), value: format(value) };
  const context = { topic, schemas, worker: here };
  return { formats, context, encoders: openEncoders(formats, context, binary) };
}

async function itemsOf(file: Uint8Array, name = 'orders.jsonl'): Promise<readonly Imported[]> {
  const items: Imported[] = [];
  const options = await guessed(file, name);
  for await (const batch of importRecords([file], options)) items.push(...batch);
  return items;
}

describe('Encoding the messages of a file', () => {
  it('keeps the place and the text of each, and says why one does not fit', async () => {
    const lines = [
      '{"key":"1","value":{"id":1,"amount":1.50}}',
      '{"key":"2","value":{"id":"x","amount":1.50}}',
      '{"key":"many","value":{"id":1,"amount":1.50}}',
      '{"key":"4","value":',
      '{"key":"5","value":null}',
      '{"key":"6","value":{"base64":"AA=="}}',
    ];
    const items = await itemsOf(Buffer.from(lines.join('\n')));
    const encoded = await encodeImported(items, encodingOf('short', 'avro'));
    assert.deepEqual(
      encoded.map(({ line, source }) => [line, source]),
      lines.map((line, index) => [index + 1, line]),
    );
    assert.deepEqual(
      encoded.map((item) =>
        item.kind === 'record' ? [item.record.key, item.record.value?.length] : item.problem.kind,
      ),
      [
        [Buffer.of(0, 1), 10],
        'misfit',
        'misfit',
        'not-json',
        [Buffer.of(0, 5), undefined],
        'misfit',
      ],
    );
    assert.deepEqual(
      encoded.flatMap((item) => (item.kind === 'bad' ? [item.problem] : [])).slice(0, 2),
      [
        {
          kind: 'misfit',
          format: 'avro',
          part: 'value',
          reason: {
            kind: 'not-in-schema',
            detail: phrase(
              'expected {0}, found {1}',
              phrase('a whole number ({0})', 'long'),
              '"x"',
            ),
            path: ['id'],
          },
        },
        { kind: 'misfit', format: 'short', part: 'key', reason: { kind: 'not-in-format' } },
      ],
    );
  });

  it('rejects if there is no schema, because no message is to blame', async () => {
    const items = await itemsOf(Buffer.from('{"value":1}\n{"value":2}'), 'a.txt');
    const encoding = encodingOf('string', 'avro', { topic: 'others' });
    await assert.rejects(encodeImported(items, encoding), {
      name: 'SchemaError',
      message: "there is no schema 'others-value'",
    });
  });

  const samples = {
    Avro: {
      ...{ topic: 'orders', key: 'avro', value: 'avro' },
      texts: [
        ['"a"', '{"id":9007199254740993,"note":{"string":"two\\nlines"},"amount":-0.10}'],
        ['"12"', '{"id":-1,"note":null,"amount":0.00}'],
      ],
    },
    Protobuf: {
      ...{ topic: 'events', key: 'long', value: 'protobuf' },
      texts: [
        ['9007199254740993', '{"id":"9007199254740993","tags":["a","é"],"raw":"AP8="}'],
        ['-1', '{}'],
      ],
    },
    'Base64 around Avro': {
      ...{ topic: 'orders', key: 'string', value: 'base64(avro)' },
      texts: [['a', '{"id":1,"note":null,"amount":1.00}']],
    },
  } as const;
  for (const [name, { topic, key, value, texts }] of Object.entries(samples)) {
    for (const file of ['jsonl', 'json', 'csv'] as const) {
      it(`gives the bytes again that were exported as decoded: ${name}, ${file}`, async () => {
        const encoding = encodingOf(key, value, { topic });
        const written = await encodeImported(
          texts.map(([key, value], index) => {
            return { kind: 'record', line: index + 1, source: '', record: { key, value } };
          }),
          encoding,
        );
        const read = written.map((item, index): KafkaRecord => {
          assert.ok(item.kind === 'record', JSON.stringify(item));
          const { key = null, value } = item.record;
          return { partition: 0, offset: BigInt(index), key, value };
        });
        const decoded = await openDecoder(encoding.formats, encoding.context)(read);
        const shown = decoded.map((record) => withContent(record, 'decoded'));
        const parts: Buffer[] = [];
        for await (const part of exportBytes(only(shown), exportLayout(file, topic))) {
          parts.push(part);
        }
        const exported = Buffer.concat(parts);
        // It is text, and no bytes that would be sent as they are.
        assert.doesNotMatch(exported.toString(), /base64/);
        const again = await encodeImported(await itemsOf(exported, `${topic}.${file}`), encoding);
        assert.deepEqual(
          again.map((item) => item.kind === 'record' && [item.record.key, item.record.value]),
          read.map(({ key, value }) => [key, value]),
        );
      });
    }
  }
});

async function* only<T>(item: T): AsyncGenerator<T, void, undefined> {
  yield await Promise.resolve(item);
}
