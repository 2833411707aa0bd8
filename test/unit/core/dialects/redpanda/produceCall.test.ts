import assert from 'node:assert/strict';
import {
  producedResults,
  recordsBody,
} from '../../../../../src/core/dialects/redpanda/produceCall';
import type { NewRecord } from '../../../../../src/core/kafka';

const results = (offsets: string, ...partitions: readonly (number | undefined)[]) =>
  producedResults(
    `{"offsets":[${offsets}]}`,
    partitions.map((partition): NewRecord => ({
      value: 'v',
      ...(partition !== undefined && { partition }),
    })),
  );
const accepted = (partition: number, offset: bigint) => ({
  status: 'accepted',
  partition,
  offset,
});

describe('A produce call of Redpanda', () => {
  it('leaves out what is null, because the proxy takes no null', () => {
    const records = [
      { key: 'k', value: null, partition: 1 },
      { key: null, value: Buffer.from([0xff]) },
      { value: '' },
    ];
    assert.equal(
      recordsBody(records),
      '{"records":[{"key":"aw==","partition":1},{"value":"/w=="},{"value":""}]}',
    );
  });

  it('counts the offsets from the first one of each partition', () => {
    const two = '{"partition":1,"offset":7},{"partition":0,"offset":3}';
    assert.deepEqual(results(two, 0, 1, 0), [accepted(0, 3n), accepted(1, 7n), accepted(0, 4n)]);
  });

  it('knows the places if all records went to one partition', () => {
    const one = '{"partition":2,"offset":9007199254740993}';
    assert.deepEqual(results(one, undefined, undefined), [
      accepted(2, 9007199254740993n),
      accepted(2, 9007199254740994n),
    ]);
  });

  it('knows no places if the proxy spread the records', () => {
    const two = '{"partition":1,"offset":7},{"partition":0,"offset":3}';
    assert.deepEqual(results(two, undefined, 1), [{ status: 'accepted' }, { status: 'accepted' }]);
  });

  it('tells what was refused from what is unclear', () => {
    const detail = 'unknown topic or partition';
    assert.deepEqual(
      results('{"partition":9,"error_code":3,"offset":-1},{"partition":0,"offset":3}', 9, 0),
      [{ status: 'refused', detail }, accepted(0, 3n)],
    );
    assert.deepEqual(results('{"partition":0,"error_code":10,"offset":-1}', undefined), [
      { status: 'refused', detail: 'message too large', isTooLarge: true },
    ]);
    assert.deepEqual(results('{"partition":0,"error_code":7,"offset":-1}', 0), [
      { status: 'unclear', detail: 'Kafka error 7' },
    ]);
    const spread = '{"partition":0,"error_code":10,"offset":-1},{"partition":1,"offset":3}';
    assert.deepEqual(results(spread, undefined), [
      { status: 'unclear', detail: 'message too large' },
    ]);
    assert.deepEqual(results('{"partition":0,"offset":3},{"partition":2,"offset":3}', 1), [
      { status: 'unclear', detail: '' },
    ]);
  });
});
