import assert from 'node:assert/strict';
import type { NewRecord } from '../../../../src/core/kafka';
import { BatchLimit } from '../../../../src/core/produce/batchLimit';
import { mayHaveWritten } from '../../../../src/core/produce/fates';
import { Lane, Lanes } from '../../../../src/core/produce/lanes';
import { partitionOfKey } from '../../../../src/core/produce/partitioner';
import { PLAIN } from './plain';

const limit = (maxBatchRecords = 4, maxBatchBytes = 100) =>
  new BatchLimit({ ...PLAIN, maxBatchBytes, maxBatchRecords });

describe('A lane', () => {
  const lane = (...sizes: readonly number[]) => {
    const made = new Lane<string>(limit(), 3);
    sizes.forEach((size, index) => {
      made.add({ item: String(index), index, record: { value: null }, size });
    });
    return made;
  };
  const items = (made: Lane<string>) => made.take().entries.map(({ item }) => item);

  it('gives the records of a call in order, and is full once it can fill one', () => {
    const made = lane(10, 10, 10);
    assert.equal(made.isFull, false);
    assert.equal(made.first?.item, '0');
    made.add({ item: '3', index: 3, record: { value: null }, size: 10 });
    assert.equal(made.isFull, true);
    assert.deepEqual(items(made), ['0', '1', '2', '3']);
    assert.equal(made.isFull, false);
    assert.equal(made.first, undefined);
    assert.equal(made.partition, 3);
  });

  it('counts the bytes that wait, also those that are put back', () => {
    const made = lane(60, 60, 30);
    assert.equal(made.isFull, true);
    const taken = made.take().entries;
    assert.deepEqual(
      taken.map(({ item }) => item),
      ['0'],
    );
    assert.equal(made.isFull, false);
    made.putBack(taken);
    assert.equal(made.isFull, true);
    assert.deepEqual(items(made), ['0']);
    assert.deepEqual(items(made), ['1', '2']);
  });

  it('finds a record that is refused by halves', () => {
    const made = lane(1, 1, 1, 1, 1);
    made.suspect(made.take().entries);
    assert.equal(made.isFull, true);
    assert.deepEqual(items(made), ['0', '1']);
    made.clear(2);
    assert.deepEqual(items(made), ['2']);
    made.clear(1);
    assert.equal(made.isFull, true);
    assert.deepEqual(items(made), ['3']);
    made.found();
    assert.equal(made.isFull, false);
    assert.deepEqual(items(made), ['4']);
  });

  it('sends single records at the least while it searches', () => {
    const made = lane(90, 90);
    made.suspect(made.take().entries);
    assert.deepEqual(items(made), ['0']);
    made.clear(9);
    assert.equal(made.isFull, false);
  });
});

describe('Lanes', () => {
  const add = (lanes: Lanes<string>, item: string, record: NewRecord, size = 10) =>
    lanes.add(item, { record, size });
  /** The records of each call that can be sent, with the partition that they are sent to. */
  const calls = (lanes: Lanes<string>, partial = true) => {
    const all: string[] = [];
    for (let lane = lanes.next(partial); lane; lane = lanes.next(partial)) {
      const batch = lane.take().entries;
      all.push(`${lane.partition ?? '-'}: ${batch.map(({ item }) => item).join(' ')}`);
    }
    return all;
  };

  it('of one alone keep the order whatever the partitions', () => {
    const lanes = Lanes.single<string>(limit());
    const first = add(lanes, 'a', { value: 'x', partition: 7 });
    add(lanes, 'b', { value: 'y', key: 'k' });
    assert.deepEqual([first.index, first.record], [0, { value: 'x', partition: 7 }]);
    assert.deepEqual(calls(lanes, false), []);
    assert.deepEqual(calls(lanes), ['-: a b']);
  });

  it('begin with the record that has waited longest', () => {
    const lanes = Lanes.perPartition<string>([5, 6, 9], limit(2));
    add(lanes, 'a', { value: '', partition: 9 });
    add(lanes, 'b', { value: '', partition: 5 });
    add(lanes, 'c', { value: '', partition: 9 });
    assert.deepEqual(calls(lanes, false), ['9: a c']);
    add(lanes, 'd', { value: '', partition: 6 });
    assert.deepEqual(calls(lanes), ['5: b', '6: d']);
  });

  it('that are busy wait', () => {
    const lanes = Lanes.perPartition<string>([0, 1], limit());
    add(lanes, 'a', { value: '', partition: 0 });
    add(lanes, 'b', { value: '', partition: 1 });
    const first = lanes.next(true);
    assert.ok(first);
    first.busy = true;
    assert.equal(lanes.next(true)?.first?.item, 'b');
  });

  it('refuse a partition that the topic does not have', () => {
    const lanes = Lanes.perPartition<string>([0, 1], limit());
    assert.throws(() => add(lanes, 'a', { value: '', partition: 2 }), {
      name: 'RangeError',
      message: 'no such partition',
    });
    assert.equal(add(lanes, 'b', { value: '', partition: 1 }).index, 0);
  });

  it('have each key where Kafka has it', () => {
    const ids = [10, 11, 12];
    const lanes = Lanes.perPartition<string>(ids, limit());
    for (const key of ['a', 'b', 'c', 'd', '']) {
      const { record } = add(lanes, key, { key, value: '' });
      assert.deepEqual(record, { key, value: '' });
      const [call] = calls(lanes);
      assert.equal(call, `${ids[partitionOfKey(key, 3)] ?? ''}: ${key}`);
    }
  });

  it('fill a call of one partition with records without key, and then of the next', () => {
    const ids = [10, 11, 12];
    const lanes = Lanes.perPartition<string>(ids, limit(2));
    const partitions = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((item, index) => {
      const key = index % 2 > 0 ? { key: null } : {};
      return add(lanes, item, { value: '', ...key }).record.partition ?? -1;
    });
    const start = ids.indexOf(partitions[0] ?? -1);
    const expected = [0, 0, 1, 1, 2, 2, 3, 3].map((step) => ids[(start + step) % 3]);
    assert.deepEqual(partitions, expected);
    const large = Lanes.perPartition<string>(ids, limit(9, 25));
    const chosen = ['a', 'b', 'c', 'd'].map((item) => add(large, item, { value: '' }).record);
    const [first, second, third] = chosen.map(({ partition }) => partition);
    assert.equal(first, second);
    assert.equal(third, ids[(ids.indexOf(first ?? -1) + 1) % 3]);
  });

  it('begin with any partition', () => {
    const begun = new Set<number | undefined>();
    for (let run = 0; run < 200; run++) {
      const lanes = Lanes.perPartition<string>([10, 11, 12], limit());
      begun.add(add(lanes, 'a', { value: '' }).record.partition);
    }
    assert.deepEqual([...begun].sort(), [10, 11, 12]);
  });
});

describe('What may have been written', () => {
  it('is what was accepted, and what is unclear', () => {
    assert.equal(mayHaveWritten({ accepted: 0, unclear: 0 }), false);
    assert.equal(mayHaveWritten({ accepted: 1, unclear: 0 }), true);
    assert.equal(mayHaveWritten({ accepted: 0, unclear: 1 }), true);
    assert.equal(mayHaveWritten({ accepted: 1, unclear: 1 }), true);
  });
});
