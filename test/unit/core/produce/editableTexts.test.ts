import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import type { Payload } from '../../../../src/core/kafka';
import { formatText } from '../../../../src/core/message/codec';
import { openDecoder } from '../../../../src/core/message/decoded';
import { here } from '../../../../src/core/message/decoders/here';
import { editableTexts } from '../../../../src/core/produce/editableTexts';
import { producerBlock } from '../../../../src/kafkaFile/blockText';
import { type RunOptions, toRecords } from '../../../../src/kafkaFile/run';
import { format } from '../../../support/formats';
import { CAPABLE, producer } from '../../../support/kafkaFiles';
import { type KnownSchema, knownSchemas } from '../../../support/schemas';

const ORDER = `{"type": "record", "name": "Order", "fields": [
  {"name": "id", "type": "long"}, {"name": "tags", "type": {"type": "array", "items": "int"}}]}`;
const PROTO =
  'syntax = "proto3"; package shop; message A { int32 a = 1; } message B { int32 b = 1; }';
const SCHEMAS: readonly KnownSchema[] = [
  { text: ORDER, id: 7, subject: 'orders-value', version: 2 },
  { text: ORDER.replace('int', 'long'), id: 9, subject: 'orders-value', version: 3 },
  { text: '"string"', id: 8 },
  { text: PROTO, type: 'PROTOBUF', id: 21, subject: 'shop' },
  { text: '{"type": "object"}', type: 'JSON', id: 31, subject: 'plain' },
];

const hex = (digits: string) => Buffer.from(digits.replaceAll(' ', ''), 'hex');
const avro = hex('00 00000007 04 00');

const context = { topic: 'orders', schemas: knownSchemas(...SCHEMAS), worker: here };

/** The block that produces a value again, and the bytes that it produces. */
async function again(
  value: Payload,
  shownAs = 'auto',
): Promise<{ readonly lines: readonly string[]; readonly bytes: string }> {
  const formats = { key: format('string'), value: format(shownAs) };
  const record = { partition: 0, offset: 0n, key: null, value };
  const shown = await openDecoder(formats, context)([record]);
  const [texts] = await editableTexts(shown, formats, context);
  const block = producerBlock('orders', record, texts && { texts });
  const options: RunOptions = {
    ...{ capabilities: CAPABLE, seed: [1], env: () => undefined },
    decoding: context,
  };
  const { records, problems } = await toRecords(producer(block), options);
  assert.deepEqual(problems, undefined);
  const payload = records[0]?.value ?? '';
  return { lines: block.split('\n'), bytes: Buffer.from(payload).toString('hex') };
}

/** What stands for the value in a block. */
function valueIn(lines: readonly string[]): readonly string[] {
  return lines.slice(lines.indexOf('topic: orders') + 1, lines.indexOf('###'));
}

describe('Texts that are produced again', () => {
  const edited: readonly [what: string, value: Payload, lines: readonly string[], as?: string][] = [
    [
      'Avro, by the version that wrote it',
      avro,
      ['value-format: avro(orders-value@2)', '{', '  "id": 2,', '  "tags": []', '}'],
    ],
    [
      'Avro by a subject of which a later version exists',
      avro,
      ['value-format: avro(orders-value@2)', '{', '  "id": 2,', '  "tags": []', '}'],
      'avro(orders-value)',
    ],
    [
      'Avro in Base64',
      avro.toString('base64'),
      ['value-format: base64(avro(orders-value@2))', '{', '  "id": 2,', '  "tags": []', '}'],
    ],
    [
      'the first message of Protobuf',
      hex('00 00000015 00 08 07'),
      ['value-format: protobuf(shop@1)', '{', '  "a": 7', '}'],
    ],
    [
      'another message of Protobuf',
      hex('00 00000015 02 02 08 07'),
      ['value-format: protobuf(shop@1#shop.B)', '{', '  "b": 7', '}'],
    ],
    [
      'JSON with a schema, whose blanks are part of it',
      Buffer.concat([hex('00 0000001f'), Buffer.from('{"a":  1}')]),
      ['value-format: json-schema(plain@1)', '{"a":  1}'],
    ],
    ['a number', hex('000000000000002a'), ['value-format: long', '42'], 'long'],
    [
      'MessagePack',
      hex('81 a1 61 01'),
      ['value-format: messagepack', '{', '  "a": 1', '}'],
      'messagepack',
    ],
    ['text in Base64', 'eyJhIjogMX0=', ['value-format: base64(string)', '{"a": 1}']],
  ];
  for (const [what, value, lines, shownAs] of edited) {
    it(`are what was decoded, and become the same bytes: ${what}`, async () => {
      const { lines: block, bytes } = await again(value, shownAs);
      assert.equal(bytes, Buffer.from(value).toString('hex'));
      assert.deepEqual(valueIn(block), lines);
      assert.equal(block[0], 'PRODUCER');
    });
  }

  const READ = '-- The value is given as it was read: its text would not give the same bytes.';
  const asRead: readonly [what: string, value: Payload, comment: boolean, as?: string][] = [
    ['Avro that another serializer lays out otherwise', hex('00 00000007 04 01 02 06 00'), true],
    ['a schema whose subject is not known', hex('00 00000008 02 61'), true],
    ['compressed otherwise', gzipSync('some text, more text', { level: 1 }), true],
    ['a text with a template', Buffer.from('"{{$index}}"'), true, 'json-schema(plain)'],
    ['what could not be decoded', hex('00 00000007 04'), false],
    ['a schema that is not known', hex('00 00000063 04'), false],
    ['bytes that nothing decodes', hex('ff fe'), false],
    ['text as it is', 'plain', false],
  ];
  for (const [what, value, isTold, shownAs] of asRead) {
    it(`are not made of ${what}`, async () => {
      const { lines, bytes } = await again(value, shownAs);
      assert.equal(bytes, Buffer.from(value).toString('hex'));
      assert.equal(lines.includes(READ), isTold);
      assert.ok(
        !lines.some((line) => /-format: (?!string\(base64\))/.test(line)),
        lines.join('\n'),
      );
    });
  }

  it('come for keys, too, on one line, and for each of many messages', async () => {
    const formats = { key: format('avro(orders-value)'), value: format('auto') };
    const values = [avro, hex('00 00000008 02 61'), 'plain', hex('00 00000009 04 00')];
    const records = values.map((value, n) => ({
      ...{ partition: 0, offset: BigInt(n), key: avro, value },
    }));
    const shown = await openDecoder(formats, context)(records);
    const found = await editableTexts(shown, formats, context);
    assert.deepEqual(
      found.map(({ key, value, inexact }) => [
        key && `${formatText(key.format)} ${key.text}`,
        value && formatText(value.format),
        ...inexact,
      ]),
      [
        ['avro(orders-value@2) {"id":2,"tags":[]}', 'avro(orders-value@2)'],
        ['avro(orders-value@2) {"id":2,"tags":[]}', undefined, 'value'],
        ['avro(orders-value@2) {"id":2,"tags":[]}', undefined],
        ['avro(orders-value@2) {"id":2,"tags":[]}', 'avro(orders-value@3)'],
      ],
    );
  });

  it('are none where nothing can encode, and end with the signal', async () => {
    const formats = { value: format('auto') };
    const record = { partition: 0, offset: 0n, key: null, value: avro };
    const shown = await openDecoder(formats, context)([record]);
    const [texts] = await editableTexts(shown, formats, { topic: 'orders' });
    assert.deepEqual(texts, { inexact: ['value'] });
    const reason = new Error('stopped');
    const signal = AbortSignal.abort(reason);
    await assert.rejects(editableTexts(shown, formats, context, { signal }), reason);
  });
});
