import { setImmediate } from 'node:timers/promises';
import type { KafkaRecord, Offset, ReadingProxy } from '../kafka';
import { recordBytes } from '../message/size';
import { type FlowOptions, flowOf } from './flow';
import { MergeHeap, PartitionPages } from './merge';
import { NewestRecords } from './newest';
import { type Resolved, resolveRanges } from './resolve';
import type { ReadNotice, ReadRange, ReadRequest } from './request';
import type { TimeFilter } from './timeFilter';

export type { ClampNotice, ReadFrom, ReadNotice, ReadRange, ReadRequest } from './request';

/** How much a reader has read. */
export interface ReadAmount {
  readonly records: number;
  /** Bytes of keys, values and headers. */
  readonly bytes: number;
}

export interface ReaderOptions extends FlowOptions {
  readonly signal?: AbortSignal;
  /** Called after each batch with the amount read, even while the newest records are held back. */
  readonly onProgress?: (read: ReadAmount) => void;
  /**
   * Whether a read of the newest records that fails or is aborted still yields the newest of those
   * that it has read. Default: false, because a copy must not mistake them for the newest of the
   * topic.
   */
  readonly keepsPartial?: boolean;
}

/**
 * A batch ends once it has this many bytes, so that it keeps the consumer busy only for a moment.
 */
const BATCH_BYTES = 256 * 1024;

/**
 * Resolves the ranges to read and returns a reader, which fetches no record before it is iterated.
 * Makes one call to the proxy, and small reads to find times. Rejects as `resolveRanges` does.
 */
export async function openReader(
  proxy: ReadingProxy,
  request: ReadRequest,
  options: ReaderOptions = {},
): Promise<Reader> {
  return new Reader(proxy, request, await resolveRanges(proxy, request, options), options);
}

/**
 * Reads one or several partitions. An async iterable of batches of records, which are merged by
 * timestamp, then by partition and offset; the order within a partition never changes. The reader
 * stays one page ahead of the consumer in each partition, and several pages where there are few
 * partitions. Leaving the loop or aborting cancels the requests under way. Iterating again
 * continues at `position`.
 *
 * A failure is thrown after the records that precede it; `position` then says where to continue.
 * Aborting throws the signal's reason. If only the newest records are wanted, they are yielded at
 * the end; if the read fails, only with `keepsPartial`.
 */
export class Reader implements AsyncIterable<readonly KafkaRecord[]> {
  /** The sum of `until - from` over all ranges: an upper bound, because the log may have gaps. */
  readonly total: bigint;
  readonly ranges: readonly ReadRange[];
  readonly #filter: TimeFilter | undefined;
  readonly #position: Map<number, Offset>;
  readonly #notices: ReadNotice[];
  readonly #newest: NewestRecords | undefined;
  #records = 0;
  #bytes = 0;
  #stopped = false;

  constructor(
    private readonly proxy: ReadingProxy,
    private readonly request: ReadRequest,
    { ranges, notices, filter }: Resolved,
    private readonly options: ReaderOptions,
  ) {
    this.ranges = ranges;
    this.#filter = filter;
    this.total = ranges.reduce((sum, { from, until }) => sum + until - from, 0n);
    this.#position = new Map(ranges.map(({ partition, from }) => [partition, from]));
    this.#notices = [...notices];
    const { newest, maxBytes } = request;
    if (newest !== undefined) this.#newest = new NewestRecords(newest, maxBytes);
  }

  /** The next offset of each partition, after the records that were read. */
  get position(): ReadonlyMap<number, Offset> {
    return this.#position;
  }

  get notices(): readonly ReadNotice[] {
    return this.#notices;
  }

  /**
   * The number of records read: those that were yielded, or all that were examined to find the
   * newest.
   */
  get records(): number {
    return this.#records;
  }

  /** The number of bytes of keys, values and headers that were read. */
  get bytes(): number {
    return this.#bytes;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly KafkaRecord[], void, undefined> {
    const newest = this.#newest;
    if (!newest) {
      yield* this.#batches();
      return;
    }
    let failure: { readonly error: unknown } | undefined;
    try {
      for await (const batch of this.#batches()) newest.add(batch);
    } catch (error) {
      if (!this.options.keepsPartial) throw error;
      failure = { error };
    }
    const { batches, limited } = newest.take();
    if (limited) this.#notices.push({ kind: 'stopped', by: 'maxBytes' });
    yield* batches.filter(({ length }) => length > 0);
    if (failure) throw failure.error;
  }

  /** Yields the records in order, up to the limits of the request. */
  async *#batches(): AsyncGenerator<readonly KafkaRecord[], void, undefined> {
    const stop = new AbortController();
    const { signal: outer, onProgress } = this.options;
    const signal = outer ? AbortSignal.any([outer, stop.signal]) : stop.signal;
    const partitions = this.#open(signal);
    const heap = new MergeHeap();
    // Of thousands of partitions, only those are looked at in which something has changed.
    let empty = partitions;
    try {
      while (!this.#full) {
        const skipped = await Promise.all(empty.map((pages) => this.#load(pages)));
        this.#notices.push(...skipped.flat());
        // Lets the requests for further pages leave before the consumer works on this batch.
        await setImmediate();
        signal.throwIfAborted();
        const changed = new Set(empty);
        for (const pages of empty) if (pages.head) heap.add(pages);
        const batch = this.#take(heap, changed);
        for (const { partition, position } of changed) this.#position.set(partition, position);
        empty = [...changed].filter(({ head, ended }) => !head && !ended);
        if (batch.length === 0) {
          this.#notices.push(...(this.#filter?.notices(this.#records) ?? []));
          return;
        }
        onProgress?.({ records: this.#records, bytes: this.#bytes });
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

  /** How many more records may be read at most. */
  get #wanted(): number {
    return (this.request.maxRecords ?? Infinity) - this.#records;
  }

  #open(signal: AbortSignal): readonly PartitionPages[] {
    const { topic } = this.request;
    const ranges = this.ranges
      .map((range) => ({ ...range, from: this.#position.get(range.partition) ?? range.from }))
      .filter(({ from, until }) => from < until);
    const flow = { ...flowOf(this.options, ranges.length), wanted: () => this.#wanted, signal };
    return ranges.map((range) => {
      const { partition, from, until } = range;
      const pages = this.proxy.read({ topic, partition, from, until }, flow);
      return new PartitionPages(partition, from, until, this.#filter?.pages(pages) ?? pages);
    });
  }

  /**
   * Loads pages until the partition has a record in memory or ends. Returns the skipped stretches.
   */
  async #load(pages: PartitionPages): Promise<ReadNotice[]> {
    const notices: ReadNotice[] = [];
    while (!pages.head && !pages.ended) {
      const page = await pages.load();
      if (!page?.skipped) continue;
      const { from, to, reason } = page.skipped;
      const kind = reason === 'retention' ? 'moved' : reason;
      notices.push({ kind, partition: pages.partition, from, to });
    }
    return notices;
  }

  /**
   * Takes records in order until a partition has none left in memory and does not end there, or until
   * a limit is reached. Adds their partitions to `changed`.
   */
  #take(heap: MergeHeap, changed: Set<PartitionPages>): KafkaRecord[] {
    // For the newest records, `NewestRecords` applies the limit.
    const maxBytes = this.#newest ? Infinity : (this.request.maxBytes ?? Infinity);
    const batch: KafkaRecord[] = [];
    const enough = this.#bytes + BATCH_BYTES;
    while (!this.#full && this.#bytes < enough) {
      const record = heap.first;
      if (!record) break;
      const bytes = recordBytes(record);
      if (this.#records > 0 && this.#bytes + bytes > maxBytes) {
        this.#stopped = true;
        this.#notices.push({ kind: 'stopped', by: 'maxBytes' });
        break;
      }
      batch.push(record);
      this.#records += 1;
      this.#bytes += bytes;
      const pages = heap.takeFirst();
      if (!pages) break;
      changed.add(pages);
      if (!pages.head && !pages.ended) break;
    }
    return batch;
  }
}
