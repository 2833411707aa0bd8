import type { Offset, PartitionRange, ReadFlow, RecordPage } from '../../kafka';
import { type LoadedPages, type PageCall, type RangeCalls, readAt } from './pageResponse';

/** How pages flow. Limiting the number of requests is up to the `RangeCalls`. */
export type PageFlow = Omit<ReadFlow, 'limiter' | 'signal'> & { readonly signal: AbortSignal };

const PAGE_BYTES = 2 * 1024 * 1024;
/** According to its reference, the proxy ends a response at 6 MB anyway. */
const MAX_PAGE_BYTES = 6 * 1024 * 1024;
/** The assumed size of a record before any was seen. It errs on the large side. */
const FIRST_RECORD_BYTES = 16 * 1024;
/** The factor by which the number of requested records may grow from one page to the next. */
const GROWTH = 16;
const MAX_COUNT = 2 ** 31 - 1;
/** If even the fastest call took longer than this, in milliseconds, larger pages are worthwhile. */
const SLOW_MS = 12;

/**
 * Reads a range and yields its pages; a long response gives several. The number of records to
 * request follows from the size of those seen, so that a response has about `pageBytes` (default: 2
 * MiB), or up to `maxPageBytes` if responses take long to arrive. A request whose response had no
 * records is repeated. If there are still none, or if the offset is refused, the call for the
 * partition shows whether retention has moved `earliest` past the offset.
 *
 * Further responses are requested ahead if the last one was complete, which means that it had as
 * many records as requested, with hardly any gaps. The offsets at which they begin are a guess. If
 * the guess is wrong, the missing records are requested, and nothing is requested ahead until a
 * response is complete again.
 *
 * Rejects with the failures of `calls`, or with the reason of the signal.
 */
export async function* readPages(
  range: PartitionRange,
  flow: PageFlow,
  calls: RangeCalls,
): AsyncGenerator<RecordPage, void, undefined> {
  const pages = new Pages(range, flow, calls);
  try {
    for (let at = range.from; at < range.until;) {
      const loaded = await pages.at(at);
      for (let page = loaded.take(); page; page = loaded.take()) yield page;
      loaded.done?.();
      at = loaded.next;
    }
  } finally {
    await pages.settled();
  }
}

class Pages {
  readonly #minSize: number;
  readonly #maxSize: number;
  /** How large a response should be, in bytes. */
  #size: number;
  #count: number;
  /**
   * The shortest time that a call took, in milliseconds: an upper bound for the latency of the
   * line.
   */
  #latency = Infinity;
  /** Calls for pages that the consumer has not asked for yet, in the order of their offsets. */
  readonly #early: PageCall[] = [];

  constructor(
    private readonly range: PartitionRange,
    private readonly flow: PageFlow,
    private readonly calls: RangeCalls,
  ) {
    const { pageBytes = PAGE_BYTES, maxPageBytes = pageBytes } = flow;
    this.#minSize = Math.min(pageBytes, MAX_PAGE_BYTES);
    this.#size = this.#minSize;
    this.#maxSize = Math.min(maxPageBytes, MAX_PAGE_BYTES);
    this.#count = Math.ceil(this.#size / FIRST_RECORD_BYTES);
  }

  /** Returns the pages that begin at an offset. Nothing from that offset on was returned before. */
  async at(at: Offset): Promise<LoadedPages> {
    const { until } = this.range;
    const call = this.#takeEarly(at) ?? this.#call(at, this.#early[0]?.at ?? until, this.#count);
    const loaded = await readAt(at, until, call, this.calls, this.flow.signal);
    const { count, bytes, next } = loaded;
    if (count > 0) {
      const worthwhile = (this.#minSize * this.#latency) / SLOW_MS;
      this.#size = Math.max(this.#minSize, Math.min(this.#maxSize, worthwhile));
      const fitting = Math.floor((this.#size * count) / bytes);
      this.#count = Math.max(1, Math.min(fitting, GROWTH * count, MAX_COUNT));
    }
    if (isAsLong(call, next)) this.#askAhead(loaded);
    return loaded;
  }

  /** Resolves when no call is under way. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#early.map(({ response }) => response));
  }

  /**
   * Returns the early call whose response may hold the record at an offset. Drops the calls that
   * end before that offset.
   */
  #takeEarly(at: Offset): PageCall | undefined {
    while (this.#early[0] && endOf(this.#early[0]) <= at) this.#early.shift();
    if (!this.#early[0] || this.#early[0].at > at) return undefined;
    const call = this.#early.shift();
    if (!call || call.at === at) return call;
    // The call may have been refused for an offset that is no longer needed.
    return { ...call, response: call.response.catch(() => this.calls.consume(at, call.count)) };
  }

  #askAhead({ count, next, bytes }: LoadedPages): void {
    const { until } = this.range;
    const { ahead = 0, maxAheadBytes = Infinity, wanted = () => Infinity } = this.flow;
    if (bytes > maxAheadBytes) return;
    // A page that is larger than wanted counts as several pages. A skipped stretch has no bytes.
    const fitting = Math.floor((ahead * this.#size) / Math.max(bytes, this.#size));
    const maxEarly = Math.min(ahead, Math.max(1, fitting));
    const asked = this.#early.reduce((sum, { count }) => sum + count, 0);
    let left = wanted() - count - asked;
    for (;;) {
      const last = this.#early.at(-1);
      const at = last ? endOf(last) : next;
      if (this.#early.length >= maxEarly || left <= 0 || at >= until) return;
      const call = this.#call(at, until, Math.min(this.#count, left));
      this.#early.push(call);
      left -= call.count;
    }
  }

  #call(at: Offset, end: Offset, maxCount: number): PageCall {
    const count = end - at < maxCount ? Number(end - at) : maxCount;
    const started = performance.now();
    const response = this.calls.consume(at, count);
    response.then(
      () => {
        this.#latency = Math.min(this.#latency, performance.now() - started);
      },
      // A failure is reported when the page is wanted. Until then nobody handles the rejection.
      () => undefined,
    );
    return { at, count, response };
  }
}

/** Returns the offset at which a page ends that has no gaps and as many records as requested. */
function endOf({ at, count }: PageCall): Offset {
  return at + BigInt(count);
}

/** Whether a page that ended before `next` is as long as expected, apart from small gaps. */
function isAsLong(call: PageCall, next: Offset): boolean {
  const end = endOf(call);
  return next >= end && next - end <= call.count / 8;
}
