import assert from 'node:assert/strict';
import type { ProduceResult } from '../../../../src/core/kafka';
import { Tally } from '../../../../src/transfer/bulk/bulkReport';

const entry = (result: ProduceResult, partition?: number, size = 10) => ({
  ...{ item: 'item', index: 0, size, result },
  record: { value: 'v', ...(partition !== undefined && { partition }) },
});
const accepted = (partition?: number, offset?: bigint) =>
  entry({
    status: 'accepted',
    ...(partition !== undefined && { partition }),
    ...(offset !== undefined && { offset }),
  });

describe('the report of a run', () => {
  it('says where records are: by partition, from the first to the last offset', () => {
    const tally = new Tally<string>();
    tally.settle([accepted(2, 7n), accepted(0, 4n)], undefined);
    tally.settle([accepted(2, 5n), accepted(2, 9n)], 2);
    assert.deepEqual(tally.report.written, [
      { partition: 0, first: 4n, last: 4n },
      { partition: 2, first: 5n, last: 9n },
    ]);
  });

  it('knows the partition that a record names, and the only one of a topic', () => {
    const named = new Tally<string>();
    named.settle([entry({ status: 'accepted' }, 3)], undefined);
    assert.deepEqual(named.report.written, [{ partition: 3 }]);
    const only = new Tally<string>(0);
    only.settle([accepted()], undefined);
    assert.deepEqual(only.report.written, [{ partition: 0 }]);
  });

  it('says nothing if it is not known of each record', () => {
    const tally = new Tally<string>();
    tally.settle([accepted(1, 7n), accepted()], 1);
    assert.deepEqual(tally.report.written, []);
  });

  it('names the size of a record that is too large', () => {
    const tally = new Tally<string>();
    tally.settle([entry({ status: 'refused', detail: '', isTooLarge: true }, 0, 2000)], 0);
    assert.deepEqual(tally.report.examples.refused, [
      { item: 'item', reason: { kind: 'too-large', bytes: 2000 } },
    ]);
  });
});
