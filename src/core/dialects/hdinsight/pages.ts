import { KafkaError } from '../../errors';
import type {
  Offset,
  Partition,
  PartitionRange,
  ReadFlow,
  RecordPage,
  SkippedOffsets,
} from '../../kafka';
import { wait } from '../../async/wait';
import type { ResponseRecords } from './records';

/** What one consume call gave. */
export interface ConsumeResponse {
  /** Looks at the answer, which is left alone while it waits. */
  readonly records: () => ResponseRecords;
  /** What the header `NextOffset` says, if it says an offset. */
  readonly nextOffset: Offset | undefined;
  readonly bytes: number;
  /** To be called once all records were taken; see `consumeCalls`. */
  readonly done?: () => void;
}

/** How pages flow; what calls go through is up to these. */
export type PageFlow = Omit<ReadFlow, 'limiter' | 'signal'> & { readonly signal: AbortSignal };

/** The calls that reading a range takes. */
export interface RangeCalls {
  readonly consume: (offset: Offset, count: number) => Promise<ConsumeResponse>;
  readonly partition: () => Promise<Partition>;
}

const PAGE_BYTES = 2 * 1024 * 1024;
/** The proxy ends an answer at 6 MB anyway, says its reference. */
const MAX_PAGE_BYTES = 6 * 1024 * 1024;
/** What a record is thought to take before one was seen: rather too much than too little. */
const FIRST_RECORD_BYTES = 16 * 1024;
/** By how much a page may be asked to have more records than the one before had. */
const GROWTH = 16;
const MAX_COUNT = 2 ** 31 - 1;
/** A call that takes longer is waited for rather than worked on, in milliseconds. */
const SLOW_MS = 12;
/** Waits before an answer without records is asked for again. */
const EMPTY_WAITS_MS = [100, 400];

/** A call for so many records from `at` on. */
interface PageCall {
  readonly at: Offset;
  readonly count: number;
  readonly response: Promise<ConsumeResponse>;
}

/**
 * The pages of a range, several of an answer that is long. The count asked for follows the size of the
 * records seen, so that an answer takes about `pageBytes` (default 2 MiB), or up to `mostPageBytes`
 * where answers are long to come. An answer without records is asked for again; if it stays so, or the
 * offset is refused, the partition tells whether retention has moved `earliest` past it.
 *
 * An answer ahead is asked for where it begins if the one before it has no gaps and as many records as
 * were asked for. What was guessed wrong is made good, and then nothing is asked for ahead until an
 * answer is again as long as it should be.
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

/** What an answer gives. */
interface LoadedPages {
  /** The next page; nothing after the last one. */
  readonly take: () => RecordPage | undefined;
  readonly count: number;
  /** Where what comes after it begins. */
  readonly next: Offset;
  readonly bytes: number;
  readonly done?: () => void;
}

class Pages {
  readonly #size: number;
  readonly #mostSize: number;
  #count: number;
  /** The shortest time that a call took, in milliseconds: what the line takes, or a little more. */
  #latency = Infinity;
  /** Calls for pages that are not wanted yet, one behind the other. */
  readonly #early: PageCall[] = [];

  constructor(
    private readonly range: PartitionRange,
    private readonly flow: PageFlow,
    private readonly calls: RangeCalls,
  ) {
    const { pageBytes = PAGE_BYTES, maxPageBytes = pageBytes } = flow;
    this.#size = Math.min(pageBytes, MAX_PAGE_BYTES);
    this.#mostSize = Math.min(maxPageBytes, MAX_PAGE_BYTES);
    this.#count = Math.ceil(this.#size / FIRST_RECORD_BYTES);
  }

  /** What begins at an offset, from which on nothing was returned yet. */
  async at(at: Offset): Promise<LoadedPages> {
    const { until } = this.range;
    const call = this.#takeEarly(at) ?? this.#call(at, this.#early[0]?.at ?? until, this.#count);
    const loaded = await readAt(at, until, call, this.calls, this.flow.signal);
    const { count, bytes, next } = loaded;
    if (count > 0) {
      const size = Math.max(
        this.#size,
        Math.min(this.#mostSize, (this.#size * this.#latency) / SLOW_MS),
      );
      const fitting = Math.floor((size * count) / bytes);
      this.#count = Math.max(1, Math.min(fitting, GROWTH * count, MAX_COUNT));
    }
    if (isAsLong(call, next)) this.#askAhead(loaded);
    return loaded;
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#early.map(({ response }) => response));
  }

  /** The call whose answer may hold the record at an offset, and no call that ends before it. */
  #takeEarly(at: Offset): PageCall | undefined {
    while (this.#early[0] && endOf(this.#early[0]) <= at) this.#early.shift();
    if (!this.#early[0] || this.#early[0].at > at) return undefined;
    const call = this.#early.shift();
    if (!call || call.at === at) return call;
    // An offset that is not wanted any more may be refused.
    return { ...call, response: call.response.catch(() => this.calls.consume(at, call.count)) };
  }

  #askAhead({ count, next, bytes }: LoadedPages): void {
    const { until } = this.range;
    const { ahead = 0, maxAheadBytes = Infinity, wanted = () => Infinity } = this.flow;
    if (bytes > maxAheadBytes) return;
    // A page of one large record takes the place of several; one that was passed over has no bytes.
    const fitting = Math.floor((ahead * this.#size) / Math.max(bytes, this.#size));
    const most = Math.min(ahead, Math.max(1, fitting));
    const asked = this.#early.reduce((sum, { count }) => sum + count, 0);
    let left = wanted() - count - asked;
    for (;;) {
      const last = this.#early.at(-1);
      const at = last ? endOf(last) : next;
      if (this.#early.length >= most || left <= 0 || at >= until) return;
      const call = this.#call(at, until, Math.min(this.#count, left));
      this.#early.push(call);
      left -= call.count;
    }
  }

  #call(at: Offset, end: Offset, most: number): PageCall {
    const count = end - at < most ? Number(end - at) : most;
    const started = performance.now();
    const response = this.calls.consume(at, count);
    response.then(
      () => {
        this.#latency = Math.min(this.#latency, performance.now() - started);
      },
      // Whether it failed is told when the page is wanted; until then nobody listens.
      () => undefined,
    );
    return { at, count, response };
  }
}

/** Where a page ends that has no gaps and as many records as were asked for. */
function endOf({ at, count }: PageCall): Offset {
  return at + BigInt(count);
}

/** Whether a page that ended before `next` is as long as it should be, but for small gaps. */
function isAsLong(call: PageCall, next: Offset): boolean {
  const end = endOf(call);
  return next >= end && next - end <= call.count / 8;
}

async function readAt(
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
      // 404 also stands for an unknown topic; asking for the partition then fails likewise.
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

/** What of an answer lies in the range; `next` is `at` if it leads no further. */
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
