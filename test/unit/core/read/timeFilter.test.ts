import assert from 'node:assert/strict';
import type { RecordPage } from '../../../../src/core/kafka';
import { TimeFilter } from '../../../../src/core/read/timeFilter';

describe('The filter of a span of time', () => {
  /** The timestamps that a filter lets through. */
  async function filtered(filter: TimeFilter, timestamps: readonly (number | undefined)[]) {
    const records = timestamps.map((timestamp, at) => ({
      ...{ partition: 0, offset: BigInt(at), key: null, value: null },
      ...(timestamp !== undefined && { timestamp }),
    }));
    const page: RecordPage = { records, next: BigInt(records.length), bytes: 0 };
    const found: (number | undefined)[] = [];
    for await (const { records } of filter.pages(onePage(page))) {
      found.push(...records.map(({ timestamp }) => timestamp));
    }
    return found;
  }

  async function* onePage(page: RecordPage) {
    yield await Promise.resolve(page);
  }

  it('has its beginning, and not its end', async () => {
    assert.deepEqual(await filtered(new TimeFilter(10, 20), [9, 10, 19, 20]), [10, 19]);
  });

  it('tells the nearest times outside the span, if nothing was in it', async () => {
    const filter = new TimeFilter(10, 20);
    await filtered(filter, [8, 9, 7, 21, 20, 22]);
    assert.deepEqual(filter.notices(0), [{ kind: 'none', before: 9, after: 20 }]);
    assert.deepEqual(filter.notices(1), []);
  });

  it('tells no time that is in the span', () => {
    const filter = new TimeFilter(10, 20);
    for (const time of [10, 15, 19]) filter.see(time);
    assert.deepEqual(filter.notices(0), [{ kind: 'none' }]);
  });

  it('leaves out records without a timestamp, and tells of them', async () => {
    const filter = new TimeFilter(0, 20);
    assert.deepEqual(await filtered(filter, [undefined, -1, 0]), [0]);
    assert.deepEqual(filter.notices(1), [{ kind: 'untimed' }]);
  });
});
