import assert from 'node:assert/strict';
import type { KafkaRecord, RecordHeader } from '../../../../src/core/kafka';
import type { ShownParts } from '../../../../src/core/message/decoded';
import { inEnglish, phrase } from '../../../../src/core/phrase';
import type { DecodeProblem } from '../../../../src/core/message/decoders/decoder';
import { toDetail, toRow } from '../../../../src/viewer/session/rows';

const record = {
  partition: 2,
  offset: 9_007_199_254_740_993n,
  timestamp: 17,
  key: 'k',
  value: 'é',
};

const words = { decoding: ({ kind }: DecodeProblem) => kind, misfit: inEnglish };

function rowOf(raw: KafkaRecord, shown: ShownParts = {}) {
  return toRow(5, { raw, shown }, words);
}

function detailOf(raw: KafkaRecord, shown: ShownParts = {}) {
  return toDetail(5, { raw, shown }, words);
}

const tooShort = { kind: 'wrong-size', expected: 8, actual: 3 } as const;

describe('A row of the viewer', () => {
  it('keeps the offset exact and counts bytes', () => {
    assert.deepEqual(rowOf(record), {
      sequence: 5,
      partition: 2,
      offset: '9007199254740993',
      timestamp: 17,
      key: 'k',
      value: 'é',
      size: 3,
      headers: null,
      keyNote: null,
      valueNote: null,
      fields: {},
    });
  });

  it('tells a null from a text, and knows no time', () => {
    const { key, value, timestamp } = rowOf({ ...record, timestamp: -1, key: null, value: '' });
    assert.deepEqual({ key, value, timestamp }, { key: null, value: '', timestamp: null });
  });

  it('cuts long texts, but no character in two', () => {
    assert.equal(rowOf({ ...record, value: 'x'.repeat(1000) }).value?.length, 300);
    const faces = `x${'😀'.repeat(500)}`;
    assert.equal(rowOf({ ...record, value: faces }).value, `x${'😀'.repeat(149)}`);
    const bytes = Buffer.from(faces);
    assert.equal(rowOf({ ...record, value: bytes }).value, `x${'😀'.repeat(149)}`);
  });

  it('shows bytes that are not UTF-8 in hexadecimal', () => {
    assert.equal(rowOf({ ...record, value: Uint8Array.of(0xff, 0x00) }).value, '0xff00');
  });

  it('shows what was decoded, and the size of what was read', () => {
    const raw = { ...record, value: Buffer.from('000000000000002a', 'hex') };
    const { value, size } = rowOf(raw, { value: { text: '42' } });
    assert.deepEqual({ value, size }, { value: '42', size: 9 });
  });

  it('shows the bytes of what could not be decoded, and says why', () => {
    const shown = { key: { problem: tooShort }, value: { problem: tooShort } };
    const { key, value } = rowOf({ ...record, key: 'abc', value: Uint8Array.of(0xff, 0) }, shown);
    assert.deepEqual({ key, value }, { key: '(wrong-size) abc', value: '(wrong-size) 0xff00' });
  });
});

describe('The headers in a row of the viewer', () => {
  const cellOf = (...headers: readonly RecordHeader[]) => rowOf({ ...record, headers }).headers;

  it('are names and values in their order, with all that share a name', () => {
    const headers = [
      { name: 'b', value: Buffer.from('é') },
      { name: 'a', value: null },
      { name: 'a', value: Buffer.from('') },
      { name: '', value: Uint8Array.of(0xff, 0) },
    ];
    assert.equal(cellOf(...headers), 'b=é, a=(null), a=, =0xff00');
  });

  it('are missing where there are none', () => {
    assert.equal(rowOf(record).headers, null);
    assert.equal(cellOf(), null);
  });

  it('are cut where they are long or many, but no character in two', () => {
    const long = Buffer.alloc(1_000_000, '😀');
    assert.equal(cellOf({ name: 'a', value: long }), `a=${'😀'.repeat(149)}`);
    assert.equal(cellOf({ name: 'x'.repeat(1000), value: null }), 'x'.repeat(300));
    const many = Array.from({ length: 1000 }, () => ({ name: 'a', value: Buffer.from('1') }));
    assert.equal(cellOf(...many), Array(60).fill('a=1, ').join(''));
  });
});

describe('The detail of a message', () => {
  it('holds the text and its size', () => {
    assert.deepEqual(detailOf(record).value, {
      kind: 'text',
      text: 'é',
      bytes: 2,
      raw: null,
      problem: null,
      decoding: null,
    });
    assert.deepEqual(detailOf({ ...record, value: null }).value, { kind: 'null' });
  });

  it('holds all headers, in their order', () => {
    assert.deepEqual(detailOf(record).headers, []);
    const headers = [
      { name: 'a', value: Buffer.from('é') },
      { name: 'a', value: null },
      { name: '', value: Uint8Array.of(0xff, 0) },
    ];
    assert.deepEqual(detailOf({ ...record, headers }).headers, [
      {
        name: 'a',
        value: { kind: 'text', text: 'é', bytes: 2, raw: null, problem: null, decoding: null },
      },
      { name: 'a', value: { kind: 'null' } },
      {
        name: '',
        value: { kind: 'bytes', base64: '/wA=', bytes: 2, problem: null, decoding: null },
      },
    ]);
  });

  it('cuts what is very long and tells the whole size', () => {
    const { value } = detailOf({ ...record, value: 'é'.repeat(2 * 1024 * 1024) });
    assert.ok(value.kind === 'text');
    assert.equal(value.text.length, 1024 * 1024);
    assert.equal(value.bytes, 4 * 1024 * 1024);
  });

  it('holds bytes that are not UTF-8', () => {
    const { value } = detailOf({ ...record, value: Uint8Array.of(0xff, 0x00) });
    assert.deepEqual(value, {
      kind: 'bytes',
      base64: '/wA=',
      bytes: 2,
      problem: null,
      decoding: null,
    });
  });

  it('holds the bytes of what was decoded', () => {
    const raw = { ...record, key: 'a', value: Buffer.from('000000000000002a', 'hex') };
    assert.deepEqual(detailOf(raw, { value: { text: '42' } }).value, {
      kind: 'text',
      text: '42',
      bytes: 8,
      raw: 'AAAAAAAAACo=',
      problem: null,
      decoding: null,
    });
    assert.deepEqual(detailOf(raw, { key: { problem: tooShort } }).key, {
      kind: 'text',
      text: 'a',
      bytes: 1,
      raw: null,
      problem: 'wrong-size',
      decoding: null,
    });
  });

  it('cuts a long decoded text and its bytes to the same extent', () => {
    const value = Buffer.alloc(2 * 1024 * 1024, 'a');
    const shown = { value: { text: value.toString('hex') } };
    const { value: detail } = detailOf({ ...record, value }, shown);
    assert.ok(detail.kind === 'text');
    assert.equal(detail.text.length, 1024 * 1024);
    assert.equal(Buffer.from(detail.raw ?? '', 'base64').length, 512 * 1024);
  });

  it('says how a value was decoded', () => {
    const schema = { id: 7, subject: 'orders-value', version: 3, name: 'com.contoso.Order' };
    const facts = { format: 'avro', isGuess: true, schema };
    const { value } = detailOf(record, { value: { text: '{}', facts } });
    assert.ok(value.kind === 'text');
    assert.deepEqual(value.decoding, {
      format: 'avro',
      isGuess: true,
      schema: ['orders-value@3 (id 7)', 'com.contoso.Order'],
      canOpen: true,
      misfit: null,
    });
    const bytes = { ...record, value: Buffer.of(0xff) };
    const failed = detailOf(bytes, { value: { problem: { kind: 'failed', cause: null }, facts } });
    assert.ok(failed.value.kind === 'bytes');
    assert.deepEqual(failed.value.decoding, value.decoding);
    const unknown = { format: 'avro', isGuess: false, schema: { name: 'Order' } };
    const other = detailOf(bytes, { value: { problem: { kind: 'lossy' }, facts: unknown } }).value;
    assert.ok(other.kind === 'bytes');
    assert.deepEqual([other.decoding?.schema, other.decoding?.canOpen], [['Order'], false]);
  });

  it('notes the format of a cell where formats differ, and problems always', () => {
    const facts = { format: 'avro', isGuess: true };
    const note = (shown: ShownParts, mixed: boolean) =>
      toRow(5, { raw: record, shown }, words, { key: mixed, value: mixed }).valueNote;
    assert.equal(note({ value: { text: '{}', facts } }, false), null);
    assert.deepEqual(note({ value: { text: '{}', facts } }, true), {
      kind: 'format',
      text: 'avro',
    });
    const misfit = { value: { text: '{}', facts: { ...facts, misfit: phrase('no id') } } };
    assert.deepEqual(note(misfit, false), { kind: 'problem', text: 'no id' });
    const failed = { value: { problem: { kind: 'too-large' } } } as const;
    assert.deepEqual(note(failed, false), { kind: 'problem', text: 'too-large' });
    assert.equal(note({}, true), null);
  });
});
