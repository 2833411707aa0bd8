import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import type { Payload, RecordHeader } from '../../../../../../src/core/kafka';
import { openDecode } from '../../../../../../src/core/message/codec';
import { auto } from '../../../../../../src/core/message/decoders/auto';
import type { DecoderContext, Shown } from '../../../../../../src/core/message/decoders/decoder';
import { here } from '../../../../../../src/core/message/decoders/here';
import {
  type SchemaAddress,
  SchemaError,
  type SchemaLookup,
} from '../../../../../../src/core/schemaRegistry/lookup';
import { format } from '../../../../../support/formats';
import { inEnglish, phrase } from '../../../../../../src/core/phrase';
import { knownSchemas } from '../../../../../support/schemas';

const context: DecoderContext = { topic: 'orders', part: 'value', worker: here };

/** A registry that does not respond. */
function silentRegistry(): SchemaLookup & { readonly asked: SchemaAddress[] } {
  const asked: SchemaAddress[] = [];
  return {
    asked,
    find(address) {
      asked.push(address);
      return Promise.reject(
        new SchemaError('unreachable', phrase('the registry does not respond')),
      );
    },
  };
}

async function guessed(
  payload: Payload,
  more: Partial<DecoderContext> = {},
  headers?: readonly RecordHeader[],
): Promise<Shown | undefined> {
  const decode = openDecode(format('auto'), { ...context, ...more });
  const [shown] = await decode([payload], { headers: [headers] });
  return shown;
}

const ORDER = '{"id":12345678901234567890,"note":"first"}';
const LONG_TEXT = 'a text of some length';
const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');

describe('Guessing', () => {
  const found: readonly [what: string, payload: Payload, text: string, format: string][] = [
    ['Base64 of JSON', base64(ORDER), ORDER, 'base64(string)'],
    ['Base64 of a text', base64(LONG_TEXT), LONG_TEXT, 'base64(string)'],
    [
      'Base64 for URLs',
      Buffer.from('[">>??>>??"]').toString('base64url'),
      '[">>??>>??"]',
      'base64(string)',
    ],
    ['hexadecimal JSON', Buffer.from(ORDER).toString('hex'), ORDER, 'hex(string)'],
    ['gzip', gzipSync(ORDER), ORDER, 'gzip(string)'],
    ['gzip in Base64', base64(gzipSync(ORDER)), ORDER, 'base64(gzip(string))'],
    ['JSON in a text of JSON', JSON.stringify(ORDER), ORDER, 'nested-json'],
    [
      'long texts that are cut within a character for a first look',
      base64(`${'é'.repeat(17)}ab€ and more`),
      `${'é'.repeat(17)}ab€ and more`,
      'base64(string)',
    ],
  ];
  for (const [what, payload, text, name] of found) {
    it(`finds ${what}`, async () => {
      const shown = { text, facts: { format: name, isGuess: true } };
      assert.deepEqual(await guessed(payload), shown);
      assert.deepEqual(await guessed(Buffer.from(payload)), shown);
    });
  }

  it('finds data with a schema, where a topic is mixed, and in Base64', async () => {
    const schemas = knownSchemas(
      { text: '"string"', id: 7, subject: 'names' },
      { text: 'syntax="proto3"; message M { int32 a = 1; }', type: 'PROTOBUF', id: 8 },
    );
    const avro = Buffer.from('0000000007066f6e65', 'hex');
    const proto = Buffer.from('00000000080008ac02', 'hex');
    const misfit = Buffer.from('00000000070e6f6e65', 'hex');
    const decode = openDecode(format('auto'), { ...context, schemas });
    const payloads = [
      avro,
      '{"id":1}',
      proto,
      base64(avro),
      gzipSync(proto),
      misfit,
      base64(misfit),
    ];
    const shown = await decode(payloads);
    assert.deepEqual(
      shown.map((one) => one?.text ?? one?.problem.kind),
      ['"one"', undefined, '{"a":300}', '"one"', '{"a":300}', 'not-in-schema', undefined],
    );
    assert.deepEqual(
      shown.map((one) => one?.facts?.format),
      ['avro', undefined, 'protobuf', 'base64(avro)', 'gzip(protobuf)', 'avro', undefined],
    );
    assert.ok(shown.every((one) => !one || one.facts?.isGuess));
    const again = await decode([base64(avro), proto]);
    assert.equal(again[0]?.facts, shown[3]?.facts);
    assert.equal(again[1]?.facts, shown[2]?.facts);
    assert.deepEqual(shown[0]?.facts?.schema, {
      id: 7,
      subject: 'names',
      version: 1,
      name: 'string',
    });
  });

  it('leaves alone what may be anything', async () => {
    const payloads = [
      ...['', 'abcd', 'order-12345', 'customer', '550e8400-e29b-41d4-a716-446655440000'],
      ...['12345678901234567890123456789012', 'c56a4180c56a4180c56a4180c56a4180', '"a text"'],
      ...['{"a":"{}"}', '[1]', 'b25l', 'internationalization', 'AQIDBAUG', 'AAAAABBBB'],
    ];
    for (const payload of [...payloads, Buffer.from('1f8b0800', 'hex'), Buffer.from('ff', 'hex')]) {
      assert.equal(await guessed(payload), undefined, payload.toString());
    }
  });

  it('does not take numbers for data with a schema', async () => {
    const schemas = silentRegistry();
    for (const hex of ['00000005', '0000000000000005', '0000000500000005', '0000000005']) {
      assert.equal(await guessed(Buffer.from(hex, 'hex'), { schemas }), undefined, hex);
    }
    const numbers = Buffer.from('00000000000000050000000000000007', 'hex');
    assert.equal(await guessed(numbers, { schemas }), undefined);
    const { length } = schemas.asked;
    const uuid = Buffer.from('00ba7b810e5e4c1f9d3c2b1a09f8e7d6', 'hex');
    assert.equal(await guessed(uuid, { schemas }), undefined);
    assert.equal(schemas.asked.length, length);
  });

  it('says why a schema is not to be had, and asks for it once for all that comes together', async () => {
    const schemas = silentRegistry();
    const framed = Buffer.from('0000000007020406', 'hex');
    const longer = Buffer.concat([framed, framed]).subarray(0, 12);
    const decode = openDecode(format('auto'), { ...context, schemas });
    const shown = [...(await decode([longer, longer])), ...(await decode([longer]))];
    const detail = phrase('the registry does not respond');
    assert.deepEqual(
      shown.map((one) => one?.problem),
      Array.from({ length: 3 }, () => ({ kind: 'no-schema', detail })),
    );
    // Who is asked remembers it, and forgets it when the registry responds again.
    assert.deepEqual(schemas.asked, [
      { by: 'id', id: 7 },
      { by: 'id', id: 7 },
    ]);
  });

  it('says what a registry does not have for AWS Glue, and shows JSON without it', async () => {
    const version = 'b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63';
    const head = Buffer.from(`0300${version.replaceAll('-', '')}`, 'hex');
    assert.deepEqual(await guessed(Buffer.concat([head, Buffer.from(ORDER)])), {
      text: ORDER,
      facts: { format: 'json-schema', isGuess: true },
    });
    const { problem } = (await guessed(Buffer.concat([head, Buffer.from([2])]))) ?? {};
    assert.ok(problem?.kind === 'no-schema' && inEnglish(problem.detail).includes(version));
  });

  it('ends with data that hold themselves', async () => {
    let payload = Buffer.from(ORDER);
    for (let depth = 0; depth < 9; depth += 1) payload = gzipSync(payload);
    assert.equal(await guessed(payload), undefined);
  });

  it('passes plain texts without the worker', () => {
    for (const text of ['{"id":1}', '[1]', 'order-12345', 'some text', '12', 'naïve']) {
      assert.equal(auto.passes(text, undefined), true, text);
      assert.equal(auto.passes(Buffer.from(text), undefined), true, text);
    }
    for (const payload of [
      base64(ORDER),
      gzipSync('a'),
      '"{}"',
      Buffer.from('0000000007', 'hex'),
    ]) {
      assert.equal(auto.passes(payload, undefined), false);
    }
    assert.equal(auto.passes('{}', [{ name: '__value_schema_id', value: null }]), false);
  });
});

describe('JSON in texts of JSON', () => {
  const unfolded = async (payload: Payload) => {
    const [shown] = await openDecode(format('nested-json'), context)([payload]);
    return shown?.text ?? shown?.problem.kind;
  };

  it('is shown in place of the texts, with every digit', async () => {
    const inner = '{"total":1.10,"id":12345678901234567890}';
    const text = `{"{}": ${JSON.stringify(JSON.stringify([inner]))}, "n": 1.0, "s": "{no"}`;
    assert.equal(await unfolded(text), `{"{}": [${inner}], "n": 1.0, "s": "{no"}`);
    assert.equal(await unfolded(Buffer.from('["[]"]')), '[[]]');
  });

  it('is followed up to a depth', async () => {
    let text = '[]';
    for (let depth = 0; depth < 12; depth += 1) text = JSON.stringify([text]);
    assert.match((await unfolded(text)) ?? '', /^\[{9}"/);
  });

  it('must be JSON', async () => {
    for (const text of ['', '{', '{} {}', 'text', Buffer.from('ff', 'hex')]) {
      assert.equal(await unfolded(text), 'not-in-format');
    }
    assert.equal(await unfolded('"a\ufffd"'), 'lossy');
  });
});
