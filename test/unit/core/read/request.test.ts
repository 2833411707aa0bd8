import assert from 'node:assert/strict';
import { positionBefore, readOn, type ReadRequest } from '../../../../src/core/read/request';

const position = new Map([[1, 8n]]);

describe('A request that continues', () => {
  it('keeps topic, partitions and times, and nothing that counts', () => {
    const request: ReadRequest = {
      topic: 'orders',
      partitions: [1],
      from: { time: 5 },
      untilTime: 9,
      timeMargin: 0,
      maxRecords: 100,
      newest: 3,
    };
    assert.deepEqual(readOn(request, position), {
      topic: 'orders',
      partitions: [1],
      from: { offsets: position, since: 5 },
      untilTime: 9,
      timeMargin: 0,
    });
  });

  it('has no more than what was asked for', () => {
    assert.deepEqual(readOn({ topic: 'orders', from: { at: 'earliest' } }, position), {
      topic: 'orders',
      from: { offsets: position },
    });
  });
});

describe('The position before records', () => {
  it('is at the first record of each partition', () => {
    const record = (partition: number, offset: bigint) => ({
      ...{ partition, offset },
      ...{ key: null, value: null },
    });
    const records = [record(1, 5n), record(0, 2n), record(1, 6n)];
    assert.deepEqual(
      positionBefore(records, new Map([...position, [0, 3n], [2, 9n]])),
      new Map([
        [1, 5n],
        [0, 2n],
        [2, 9n],
      ]),
    );
    assert.deepEqual(position, new Map([[1, 8n]]));
  });
});
