import { KafkaError } from '../../errors';
import type { KafkaRecord, Offset, PartitionRange, ReadFlow, RecordPage } from '../../kafka';
import type { ResponseRecords } from '../recordList';
import { firstBetween, type Holds } from './logEnds';

/** The response to a read. */
export interface Fetched {
  /** Whole batches: the first records may be before the offset that was asked for. */
  readonly records: ResponseRecords;
  readonly bytes: number;
}

/** The calls that it takes to read a range. */
export interface RangeCalls {
  readonly fetch: (at: Offset, maxBytes: number) => Promise<Fetched>;
  readonly holds: Holds;
}

export type PageFlow = ReadFlow & { readonly signal: AbortSignal };

const PAGE_BYTES = 2 * 1024 * 1024;
const MAX_INT32 = 2 ** 31 - 1;

/** Whether a read failed because the log does not hold the offset. */
export function isOutOfRange(error: unknown): boolean {
  return (
    error instanceof KafkaError && error.status === 400 && /offset_out_of_range/.test(error.detail)
  );
}

/**
 * Reads a range and yields its pages of about `pageBytes` (default: 2 MiB). The next response is
 * requested while the consumer works on a page, if `flow.ahead` allows it. Rejects with the failures
 * of `calls`, or with the reason of the signal.
 */
export async function* readPages(
  range: PartitionRange,
  flow: PageFlow,
  calls: RangeCalls,
): AsyncGenerator<RecordPage, void, undefined> {
  const { until } = range;
  const { pageBytes = PAGE_BYTES, ahead = 0, wanted = () => Infinity, signal } = flow;
  // The response is a third larger, because it is in Base64.
  const maxBytes = Math.min(Math.max(1, Math.floor((pageBytes * 3) / 4)), MAX_INT32);
  let early: Promise<Fetched> | undefined;
  try {
    for (let at = range.from; at < until;) {
      const response = early ?? calls.fetch(at, maxBytes);
      early = undefined;
      const found = await fetchedOrGap(response, at, until, calls);
      if ('next' in found) {
        yield found;
        at = found.next;
      } else {
        const { count, last } = found.records;
        const next = last === undefined || last >= until ? until : last + 1n;
        if (ahead > 0 && next < until && wanted() > count) {
          early = calls.fetch(next, maxBytes);
          // A failure is reported when the page is wanted. Until then nobody handles the rejection.
          early.catch(() => undefined);
        }
        for (const page of split(found, { from: at, until, next }, pageBytes)) {
          yield page;
          signal.throwIfAborted();
        }
        at = next;
      }
    }
  } finally {
    await early?.catch(() => undefined);
  }
}

/** Yields the records of a response that lie in a range, in pages of about the size that is wanted. */
function* split(
  { records, bytes }: Fetched,
  { from, until, next }: { readonly from: Offset; readonly until: Offset; readonly next: Offset },
  pageBytes: number,
): Generator<RecordPage, void, undefined> {
  const share = bytes / Math.max(1, records.count);
  const most = Math.max(1, Math.floor(pageBytes / share));
  let page: readonly KafkaRecord[] = [];
  for (let part = records.take(); part; part = records.take()) {
    const fitting = part.filter(({ offset }) => offset >= from && offset < until);
    for (let at = 0; at < fitting.length; at += most) {
      const [first] = fitting.slice(at, at + 1);
      if (page.length > 0 && first) {
        yield { records: page, next: first.offset, bytes: share * page.length };
      }
      page = fitting.slice(at, at + most);
    }
  }
  yield { records: page, next, bytes: share * page.length };
}

/**
 * Returns a response that has a record at the offset or behind it. If there is none, or if the log
 * no longer holds the offset, returns an empty page that leads behind the gap.
 */
async function fetchedOrGap(
  response: Promise<Fetched>,
  at: Offset,
  until: Offset,
  calls: RangeCalls,
): Promise<Fetched | RecordPage> {
  try {
    const fetched = await response;
    const { last } = fetched.records;
    return last !== undefined && last >= at ? fetched : await behindGap(at, until, calls);
  } catch (error) {
    if (!isOutOfRange(error) || !(await calls.holds(until))) throw error;
    const to = await firstBetween(calls.holds, at, until);
    return { records: [], next: to, bytes: 0, skipped: { from: at, to, reason: 'retention' } };
  }
}

/**
 * Returns an empty page up to the next record. A batch from which compaction has removed the last
 * records, or the mark of a transaction, has none at the offset or behind it; and the response may
 * end with it.
 */
async function behindGap(at: Offset, until: Offset, calls: RangeCalls): Promise<RecordPage> {
  const next = async (from: Offset): Promise<Offset | undefined> => {
    const { records } = await calls.fetch(from, 1);
    for (let part = records.take(); part; part = records.take()) {
      const found = part.find(({ offset }) => offset >= at);
      if (found) return found.offset;
    }
    return undefined;
  };
  let [low, step] = [at - 1n, 1n];
  let found: Offset | undefined;
  while (found === undefined && low < until - 1n) {
    const high = low + step < until ? low + step : until - 1n;
    found = await next(high);
    if (found === undefined) [low, step] = [high, step * 2n];
    else step = high;
  }
  if (found === undefined) return { records: [], next: until, bytes: 0 };
  for (let high = step; high - low > 1n;) {
    const middle = (low + high) / 2n;
    const earlier = await next(middle);
    if (earlier === undefined) low = middle;
    else [high, found] = [middle, earlier];
  }
  return { records: [], next: found < until ? found : until, bytes: 0 };
}
