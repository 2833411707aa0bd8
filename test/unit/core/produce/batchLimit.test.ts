import assert from 'node:assert/strict';
import { BatchLimit, encodedSize } from '../../../../src/core/produce/batchLimit';
import { PLAIN } from './plain';

const CAN = { ...PLAIN, maxBatchRecords: 5 };

const fits = (limit: BatchLimit, sizes: readonly number[]) => limit.fit((index) => sizes[index]);

describe('BatchLimit', () => {
  it('takes as many records as bytes and count allow, and no more than there are', () => {
    const limit = new BatchLimit(CAN);
    assert.equal(fits(limit, [40, 40, 20, 1]), 3);
    assert.equal(fits(limit, [1, 1, 1, 1, 1, 1]), 5);
    assert.equal(fits(limit, [1, 1]), 2);
    assert.equal(fits(limit, []), 0);
  });

  it('takes one record, however large', () => {
    assert.equal(fits(new BatchLimit(CAN), [1000, 1]), 1);
  });

  it('is full at the count or the bytes', () => {
    const limit = new BatchLimit(CAN);
    assert.equal(limit.isFull(4, 99), false);
    assert.equal(limit.isFull(5, 0), true);
    assert.equal(limit.isFull(1, 100), true);
  });

  it('is half of what turned out too large, and never grows again', () => {
    const limit = new BatchLimit(CAN);
    assert.equal(limit.shrink([10, 10, 10, 10]), true);
    assert.equal(fits(limit, [10, 10, 10]), 2);
    assert.equal(limit.shrink([40, 40]), true);
    assert.equal(fits(limit, [10, 10, 10]), 2);
  });

  it('cannot shrink below one record', () => {
    const limit = new BatchLimit(CAN);
    assert.equal(limit.shrink([1000]), false);
    assert.equal(fits(limit, [50, 50]), 2);
  });

  it('counts a record as it stands in the body, or a little more', () => {
    for (const value of ['x', '"', '{"a":"\\""}', 'é€😀', '\u0001', '']) {
      const record = { key: value, value, partition: 7 };
      const least = Buffer.byteLength(JSON.stringify(record));
      const size = encodedSize(record, CAN);
      assert.ok(size >= least && size < least + 20, `${size} for ${least}`);
    }
    const bytes = new Uint8Array(300).fill(255);
    assert.ok(encodedSize({ value: bytes }, { ...CAN, binary: true }) >= 400);
    const headers = [
      { name: 'a"', value: bytes },
      { name: 'b', value: null },
    ];
    const record = { value: 'x', headers: headers.map(({ name }) => ({ name, value: null })) };
    const least = Buffer.byteLength(JSON.stringify(record)) + 400;
    const size = encodedSize({ value: 'x', headers }, CAN);
    assert.ok(size >= least && size < least + 40, `${size} for ${least}`);
  });
});
