import assert from 'node:assert/strict';
import { toDetail, toRow } from '../../../../src/viewer/session/rows';

const record = {
  partition: 2,
  offset: 9_007_199_254_740_993n,
  timestamp: 17,
  key: 'k',
  value: 'é',
};

describe('A row of the viewer', () => {
  it('keeps the offset exact and counts bytes', () => {
    assert.deepEqual(toRow(5, record), {
      sequence: 5,
      partition: 2,
      offset: '9007199254740993',
      timestamp: 17,
      key: 'k',
      value: 'é',
      size: 3,
    });
  });

  it('tells a null from a text, and knows no time', () => {
    const { key, value, timestamp } = toRow(5, { ...record, timestamp: -1, key: null, value: '' });
    assert.deepEqual({ key, value, timestamp }, { key: null, value: '', timestamp: null });
  });

  it('cuts long texts, but no character in two', () => {
    assert.equal(toRow(5, { ...record, value: 'x'.repeat(1000) }).value?.length, 300);
    const faces = `x${'😀'.repeat(500)}`;
    assert.equal(toRow(5, { ...record, value: faces }).value, `x${'😀'.repeat(149)}`);
    const bytes = Buffer.from(faces);
    assert.equal(toRow(5, { ...record, value: bytes }).value, `x${'😀'.repeat(149)}`);
  });

  it('shows bytes that are not UTF-8 in hexadecimal', () => {
    assert.equal(toRow(5, { ...record, value: Uint8Array.of(0xff, 0x00) }).value, '0xff00');
  });
});

describe('The detail of a message', () => {
  it('holds the text and its size', () => {
    assert.deepEqual(toDetail(5, record).value, { kind: 'text', text: 'é', bytes: 2 });
    assert.deepEqual(toDetail(5, { ...record, value: null }).value, { kind: 'null' });
  });

  it('cuts what is very long and tells the whole size', () => {
    const { value } = toDetail(5, { ...record, value: 'é'.repeat(2 * 1024 * 1024) });
    assert.ok(value.kind === 'text');
    assert.equal(value.text.length, 1024 * 1024);
    assert.equal(value.bytes, 4 * 1024 * 1024);
  });

  it('holds bytes that are not UTF-8', () => {
    const { value } = toDetail(5, { ...record, value: Uint8Array.of(0xff, 0x00) });
    assert.deepEqual(value, { kind: 'bytes', base64: '/wA=', bytes: 2 });
  });
});
