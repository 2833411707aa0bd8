import { setImmediate } from 'node:timers/promises';
import type { KafkaRecord, Offset, Payload, ReadingProxy } from '../kafka';
import { openLimiter } from '../async/limiter';
import { MergeHeap, PartitionPages } from './merge';
import { type Resolved, resolveRanges } from './resolve';
import type { ReadNotice, ReadRange, ReadRequest } from './request';
import type { TimeFilter } from './timeFilter';

export type { ClampNotice, ReadFrom, ReadNotice, ReadRange, ReadRequest } from './request';

export interface ReaderOptions {
  readonly signal?: AbortSignal;
  /** How large a page should be, in bytes of the proxy's answer. */
  readonly pageBytes?: number;
  /** About how many bytes of pages may wait for the consumer, over all partitions; see `BUFFER`. */
  readonly bufferBytes?: number;
  /** How many requests may be under way at once. */
  readonly requests?: number;
}

/** A batch ends once it has so many bytes, so that what the consumer does with it takes but a moment. */
const BATCH_BYTES = 256 * 1024;
/** What a reader goes by where nothing else is asked for. */
export const readerDefaults = { pageBytes: 2 * 1024 * 1024, requests: 8 };
/** How many bytes of pages wait by default, unless so many for each partition are more. */
const BUFFER = { bytes: 4 * 1024 * 1024, perPartition: 512 * 1024 };
/**
 * Where records are so large that a page takes more than a partition's share of this, none is ahead:
 * in memory there is a page of each partition anyway.
 */
const MOST_AHEAD_BYTES = 16 * 1024 * 1024;
/** By how much pages may be larger where the line is slow: then time counts for more than memory. */
const SLOW_LINE = 4;

/**
 * Resolves the ranges to read; then no record is fetched before the reader is iterated. Takes one call
 * to the proxy, and small reads to find times. Rejects as `resolveRanges` does.
 */
export async function openReader(
  proxy: ReadingProxy,
  request: ReadRequest,
  options: ReaderOptions = {},
): Promise<Reader> {
  const known = { ...readerDefaults, ...options };
  return new Reader(proxy, request, await resolveRanges(proxy, request, known), known);
}

/**
 * A read of one or several partitions: an async iterable of batches of records, merged by timestamp,
 * then partition and offset, where a partition's own order is never changed. It stays a page ahead of
 * the consumer in each partition, and several pages where there are few partitions. Leaving the loop, or
 * aborting, cancels what is under way; iterating again goes on at `position`.
 *
 * A failure is thrown after the records that come before it in order; `position` then says where to
 * go on. Aborting throws the signal's reason.
 */
export class Reader implements AsyncIterable<readonly KafkaRecord[]> {
  /** The sum of `until - from` over all ranges: an upper bound, for the log may have gaps. */
  readonly total: bigint;
  readonly ranges: readonly ReadRange[];
  readonly #filter: TimeFilter | undefined;
  readonly #position: Map<number, Offset>;
  readonly #notices: ReadNotice[];
  #records = 0;
  #bytes = 0;
  #stopped = false;

  constructor(
    private readonly proxy: ReadingProxy,
    private readonly request: ReadRequest,
    { ranges, notices, filter }: Resolved,
    private readonly options: ReaderOptions & typeof readerDefaults,
  ) {
    this.ranges = ranges;
    this.#filter = filter;
    this.total = ranges.reduce((sum, { from, until }) => sum + until - from, 0n);
    this.#position = new Map(ranges.map(({ partition, from }) => [partition, from]));
    this.#notices = [...notices];
  }

  /** The next offset of each partition, after the records that were handed out. */
  get position(): ReadonlyMap<number, Offset> {
    return this.#position;
  }

  get notices(): readonly ReadNotice[] {
    return this.#notices;
  }

  /** How many records were handed out. */
  get records(): number {
    return this.#records;
  }

  /** How many bytes of keys and values were handed out. */
  get bytes(): number {
    return this.#bytes;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly KafkaRecord[], void, undefined> {
    const stop = new AbortController();
    const { signal: outer } = this.options;
    const signal = outer ? AbortSignal.any([outer, stop.signal]) : stop.signal;
    const partitions = this.#open(signal);
    try {
      while (!this.#full) {
        const skipped = await Promise.all(partitions.map((pages) => this.#load(pages)));
        this.#notices.push(...skipped.flat());
        // So that requests for further pages have left before the consumer works on these.
        await setImmediate();
        signal.throwIfAborted();
        const batch = this.#take(new MergeHeap(partitions));
        for (const { partition, position } of partitions) this.#position.set(partition, position);
        if (batch.length === 0) {
          this.#notices.push(...(this.#filter?.notices(this.#records) ?? []));
          return;
        }
        yield batch;
      }
    } finally {
      stop.abort();
      await Promise.all(partitions.map((pages) => pages.close()));
    }
  }

  get #full(): boolean {
    return this.#stopped || this.#wanted <= 0;
  }

  /** How many more records are to be handed out at the most. */
  get #wanted(): number {
    return (this.request.maxRecords ?? Infinity) - this.#records;
  }

  #open(signal: AbortSignal): readonly PartitionPages[] {
    const { pageBytes, requests } = this.options;
    const ranges = this.ranges
      .map((range) => ({ ...range, from: this.#position.get(range.partition) ?? range.from }))
      .filter(({ from, until }) => from < until);
    // Of each partition a page is at hand, and so many others are on their way or wait.
    const ahead = Math.max(1, Math.floor(requests / ranges.length));
    const buffer =
      this.options.bufferBytes ?? Math.max(BUFFER.bytes, BUFFER.perPartition * ranges.length);
    const share = Math.max(1, Math.floor(buffer / ((1 + ahead) * ranges.length)));
    const growth = this.options.bufferBytes === undefined ? SLOW_LINE : 1;
    const mostPageBytes = Math.min(pageBytes, growth * share);
    const common = {
      topic: this.request.topic,
      pageBytes: Math.min(pageBytes, share),
      mostPageBytes,
      ahead,
      mostAheadBytes: Math.max(2 * mostPageBytes, MOST_AHEAD_BYTES / ranges.length),
      wanted: () => this.#wanted,
      limiter: openLimiter(requests),
    };
    return ranges.map((range) => {
      const { partition, from, until } = range;
      const pages = this.proxy.read({ ...range, ...common }, { signal });
      return new PartitionPages(partition, from, until, this.#filter?.pages(pages) ?? pages);
    });
  }

  /** Sees to it that the partition has a head, unless it has ended. Returns what was skipped. */
  async #load(pages: PartitionPages): Promise<ReadNotice[]> {
    const notices: ReadNotice[] = [];
    while (!pages.head && !pages.ended) {
      const page = await pages.load();
      if (!page?.skipped) continue;
      const { from, to, reason } = page.skipped;
      const kind = reason === 'retention' ? 'moved' : 'empty';
      notices.push({ kind, partition: pages.partition, from, to });
    }
    return notices;
  }

  /** Takes records in order until a partition has no more at hand, or a limit is reached. */
  #take(heads: MergeHeap): KafkaRecord[] {
    const { maxBytes = Infinity } = this.request;
    const batch: KafkaRecord[] = [];
    const enough = this.#bytes + BATCH_BYTES;
    while (!this.#full && this.#bytes < enough) {
      const record = heads.first;
      if (!record) break;
      const bytes = payloadBytes(record.key) + payloadBytes(record.value);
      if (this.#records > 0 && this.#bytes + bytes > maxBytes) {
        this.#stopped = true;
        this.#notices.push({ kind: 'stopped', by: 'maxBytes' });
        break;
      }
      batch.push(record);
      this.#records += 1;
      this.#bytes += bytes;
      heads.takeFirst();
    }
    return batch;
  }
}

/** The bytes of a key or value in UTF-8. */
export function payloadBytes(payload: Payload | null): number {
  return payload === null ? 0 : Buffer.byteLength(payload);
}
