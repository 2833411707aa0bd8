import { wait } from '../../async/wait';
import { KafkaError } from '../../errors';
import type { BoundedPartition, Offset, RecordPage, SkippedOffsets } from '../../kafka';
import type { ResponseRecords } from '../recordList';

/** The response to one consume call. */
export interface ConsumeResponse {
  /** Returns the records. The response is not touched until this is called. */
  readonly records: () => ResponseRecords;
  /** The value of the header `NextOffset`, if it is an offset. */
  readonly nextOffset: Offset | undefined;
  readonly bytes: number;
  /** To be called once all records have been taken; see `consumeCalls`. */
  readonly done?: () => void;
}

/** The calls that it takes to read a range. */
export interface RangeCalls {
  readonly consume: (offset: Offset, count: number) => Promise<ConsumeResponse>;
  readonly partition: () => Promise<BoundedPartition>;
}

/** How long to wait before each repeated request after a response without records. */
const EMPTY_WAITS_MS = [100, 400];

/** A call for `count` records, beginning at offset `at`. */
export interface PageCall {
  readonly at: Offset;
  readonly count: number;
  readonly response: Promise<ConsumeResponse>;
}

/** The pages of one response. */
export interface LoadedPages {
  /** Returns the next page, or `undefined` after the last one. */
  readonly take: () => RecordPage | undefined;
  readonly count: number;
  /** The offset at which the next response should begin. */
  readonly next: Offset;
  readonly bytes: number;
  readonly done?: () => void;
}

/**
 * Returns the pages of a call's response. Repeats a call whose response had no records. If there
 * are still none, or if retention has moved `earliest` past the offset, returns a page that skips
 * the offsets without records. Rejects with the failures of the calls or the signal's reason.
 */
export async function readAt(
  at: Offset,
  until: Offset,
  call: PageCall,
  { consume, partition }: RangeCalls,
  signal: AbortSignal,
): Promise<LoadedPages> {
  let { response } = call;
  for (const pause of [...EMPTY_WAITS_MS, undefined]) {
    try {
      const loaded = takeApart(await response, at, until);
      if (loaded.next > at) return loaded;
    } catch (error) {
      // 404 can also mean that the topic is unknown. The call for the partition then fails in the
      // same way.
      if (!(error instanceof KafkaError && [400, 404].includes(error.status ?? 0))) throw error;
      const { earliest } = await partition();
      if (earliest <= at) throw error;
      return skip(at, earliest < until ? earliest : until, 'retention');
    }
    if (pause === undefined) break;
    await wait(pause, signal);
    response = consume(at, call.count);
  }
  const { earliest } = await partition();
  if (earliest <= at) return skip(at, until, 'empty');
  return skip(at, earliest < until ? earliest : until, 'retention');
}

/**
 * Returns the records of a response that lie in the range. `next` is `at` if the response makes no
 * progress.
 */
function takeApart(response: ConsumeResponse, at: Offset, until: Offset): LoadedPages {
  const { nextOffset, bytes } = response;
  const { count, last, take, finish } = response.records();
  const within = (offset: Offset): Offset => (offset < until ? offset : until);
  let end = last !== undefined && last >= at ? last + 1n : at;
  if (nextOffset !== undefined && nextOffset > end) end = nextOffset;
  const next = within(end);
  let taken = 0;

  return {
    take: () => {
      const some = take();
      if (!some) return undefined;
      taken += some.length;
      const records = some.filter(({ offset }) => offset >= at && offset < until);
      const reached = within((records.at(-1)?.offset ?? at - 1n) + 1n);
      const share = count === 0 ? bytes : (bytes * some.length) / count;
      return { records, next: taken === count ? next : reached, bytes: share };
    },
    count,
    next,
    bytes,
    done: () => {
      finish?.();
      response.done?.();
    },
  };
}

function skip(from: Offset, to: Offset, reason: SkippedOffsets['reason']): LoadedPages {
  const pages = [{ records: [], next: to, bytes: 0, skipped: { from, to, reason } }];
  return { take: () => pages.pop(), count: 0, next: to, bytes: 0 };
}
