import assert from 'node:assert/strict';
import { BatchLimit } from '../../../../src/core/produce/batchLimit';
import { type Entry, Lane, Lanes } from '../../../../src/core/produce/lanes';
import { PLAIN } from './plain';

const CAN = { ...PLAIN, maxBatchRecords: 3 };
const SIZE = 10;

const numbers = (batch: readonly Entry<number>[]): number[] => batch.map(({ item }) => item);

describe('A lane that prepares', () => {
  let limit: BatchLimit;
  let lane: Lane<number>;

  function add(...items: number[]): void {
    for (const index of items) {
      lane.add({ item: index, index, record: { value: String(index) }, size: SIZE });
    }
  }

  beforeEach(() => {
    limit = new BatchLimit(CAN);
    lane = new Lane(limit);
  });

  it('prepares the very records that it gives next, and keeps them until then', () => {
    add(1, 2, 3, 4);
    assert.ok(lane.isPreparable);
    const records = lane.prepare();
    assert.ok(lane.isPrepared && !lane.isPreparable);
    add(5);
    assert.equal(lane.first?.item, 1);
    const batch = lane.take();
    assert.equal(batch.records, records);
    assert.deepEqual(numbers(batch.entries), [1, 2, 3]);
    assert.ok(!lane.isPrepared);
    assert.deepEqual(numbers(lane.take().entries), [4, 5]);
  });

  it('prepares nothing that more records would change', () => {
    add(1, 2);
    assert.ok(!lane.isPreparable);
    add(3);
    assert.ok(lane.isPreparable);
  });

  it('gives records that were put back before those that were prepared', () => {
    add(1, 2, 3, 4, 5, 6);
    const { entries } = lane.take();
    const records = lane.prepare();
    lane.putBack(entries);
    assert.ok(!lane.isPrepared);
    const again = lane.take();
    assert.notEqual(again.records, records);
    assert.deepEqual(numbers(again.entries), [1, 2, 3]);
    assert.deepEqual(numbers(lane.take().entries), [4, 5, 6]);
  });

  it('gives fewer than were prepared when the limit was lowered since', () => {
    add(1, 2, 3);
    const records = lane.prepare();
    limit.shrink([SIZE, SIZE, SIZE, SIZE]);
    const batch = lane.take();
    assert.notEqual(batch.records, records);
    assert.deepEqual(numbers(batch.entries), [1, 2]);
    assert.deepEqual(numbers(lane.take().entries), [3]);
  });

  it('prepares nothing while it searches for a record that was refused', () => {
    add(1, 2, 3, 4, 5, 6);
    const { entries } = lane.take();
    lane.prepare();
    lane.suspect(entries);
    assert.ok(lane.isFull && !lane.isPreparable && !lane.isPrepared);
    assert.deepEqual(numbers(lane.take().entries), [1]);
    assert.ok(!lane.isPreparable);
  });
});

describe('Lanes that prepare', () => {
  function lanesOf(...partitions: number[]): Lanes<number> {
    const lanes = Lanes.perPartition<number>([0, 1, 2], new BatchLimit(CAN));
    for (const [item, partition] of partitions.entries()) {
      lanes.add(item, { record: { value: '', partition }, size: SIZE });
    }
    return lanes;
  }

  it('prepare the calls whose records have waited longest, and no more than asked for', () => {
    const lanes = lanesOf(2, 1, 1, 1, 2, 2, 0, 0, 0);
    const partitions = [lanes.prepare(2), lanes.prepare(2), lanes.prepare(2)].map(
      (records) => records?.[0]?.partition,
    );
    assert.deepEqual(partitions, [2, 1, undefined]);
    assert.equal(lanes.prepare(3)?.[0]?.partition, 0);
    assert.equal(lanes.prepare(4), undefined);
  });
});
