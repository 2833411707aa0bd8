import assert from 'node:assert/strict';
import { type EncodeTexts, openEncode, parseFormat } from '../../../../src/core/message/codec';
import { phrase } from '../../../../src/core/phrase';
import { encodeRecords } from '../../../../src/core/produce/encodeRecords';

function encoder(name: string): EncodeTexts {
  const format = parseFormat(name);
  assert.ok(typeof format !== 'string');
  return openEncode(format, { topic: 'orders', part: 'value' });
}

const short = encoder('short');
const hex = encoder('string(hex)');

describe('Encoding records', () => {
  it('encodes the texts of the parts that have an encoder, and keeps all else', async () => {
    const headers = [{ name: 'a', value: Buffer.from('b') }];
    const records = [
      { key: 'k', value: '1', headers },
      { value: '-2', partition: 3 },
    ];
    assert.deepEqual(await encodeRecords(records, { value: short, binary: true }), {
      records: [
        { key: 'k', value: Buffer.from([0, 1]), headers },
        { value: Buffer.from([255, 254]), partition: 3 },
      ],
    });
    const { records: keyed } = await encodeRecords([{ key: '4142', value: '1' }], {
      key: hex,
      binary: true,
    });
    assert.deepEqual(keyed, [{ key: Buffer.from('AB'), value: '1' }]);
  });

  it('keeps what is missing or null, and asks no encoder for it', async () => {
    const records = [{ key: null, value: null }, { value: null }];
    const fail: EncodeTexts = () => Promise.reject(new Error('asked'));
    const encoders = { key: fail, value: fail, binary: true };
    assert.deepEqual(await encodeRecords(records, encoders), { records });
  });

  it('names each record that does not fit once, in their order', async () => {
    const records = [
      { key: '1', value: '1' },
      { key: '1', value: 'many' },
      { key: '99999', value: 'many' },
      { key: '1', value: '2 pieces' },
      { key: '1', value: Buffer.from('1') },
    ];
    const { misfits } = await encodeRecords(records, { key: short, value: short, binary: true });
    assert.deepEqual(misfits, [
      { index: 1, part: 'value', reason: { kind: 'not-in-format' } },
      { index: 2, part: 'key', reason: { kind: 'out-of-range' } },
      { index: 3, part: 'value', reason: { kind: 'inexact', used: '2' } },
      { index: 4, part: 'value', reason: { kind: 'bytes' } },
    ]);
  });

  it('tells where something does not fit its schema', async () => {
    const detail = phrase('must be a number');
    const misfit = { problem: 'not-in-schema', detail, path: ['id'] } as const;
    const encode: EncodeTexts = (texts) => Promise.resolve(texts.map(() => misfit));
    const { misfits } = await encodeRecords([{ value: '{}' }], { value: encode, binary: true });
    const reason = { kind: 'not-in-schema', detail, path: ['id'] };
    assert.deepEqual(misfits, [{ index: 0, part: 'value', reason }]);
  });

  it('gives text to a proxy that carries text only, and refuses other bytes', async () => {
    const encoders = { value: hex, binary: false };
    assert.deepEqual(await encodeRecords([{ value: '4142' }], encoders), {
      records: [{ value: 'AB' }],
    });
    const { misfits } = await encodeRecords([{ value: 'ff' }], encoders);
    assert.deepEqual(misfits, [{ index: 0, part: 'value', reason: { kind: 'text-only' } }]);
  });

  it('stops between batches once it is aborted', async () => {
    const controller = new AbortController();
    const asked: number[] = [];
    const encode: EncodeTexts = (texts) => {
      asked.push(texts.length);
      controller.abort();
      return Promise.resolve(texts.map((text) => ({ payload: text })));
    };
    const records = Array.from({ length: 1_001 }, () => ({ value: 'x' }));
    const { signal } = controller;
    const encoding = encodeRecords(records, { value: encode, binary: true }, { signal });
    await assert.rejects(encoding, { name: 'AbortError' });
    assert.deepEqual(asked, [500]);
  });
});
