import type { Limiter } from '../async/limiter';
import type { BoundedPartition, Offset, ReadingProxy } from '../kafka';

/** How often the searches of a partition may read another page because one had no timestamp. */
const SPARE_READS = 6;
/** Asks for as few records as possible. */
const PROBE_BYTES = 1;

/**
 * The first record with a timestamp in a stretch of a partition. `none`: there is none. `unknown`:
 * none was found in a few reads, and the search would continue at `next`.
 */
type Probe =
  | { readonly offset: Offset; readonly timestamp: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly next: Offset };

export interface TimeSearchOptions {
  readonly topic: string;
  /** The partition to search, from its earliest offset to its latest one. */
  readonly partition: BoundedPartition;
  readonly limiter: Limiter;
  readonly signal: AbortSignal;
}

/**
 * Finds offsets of one partition by time, for a proxy without `offsetAtTime`: a binary search over
 * the timestamps of single records. Two searches with the same ends share their reads; together
 * they make at most 2·log2(n) + 8 reads of one record for n offsets.
 */
export class TimeSearch {
  readonly #probes = new Map<string, Promise<Probe>>();
  readonly #timestamps: number[] = [];
  #earliest: Offset;
  #spare = SPARE_READS;

  constructor(
    private readonly proxy: ReadingProxy,
    private readonly options: TimeSearchOptions,
  ) {
    this.#earliest = options.partition.earliest;
  }

  /** The timestamps of the records that were examined, in epoch milliseconds. */
  get timestamps(): readonly number[] {
    return this.#timestamps;
  }

  /**
   * Returns the offset from which timestamps are `time` or later, at most the latest offset. If
   * timestamps are out of order, it is one of the offsets at which they pass `time`: the record
   * there has such a timestamp, and the record before it does not. If that may be before or after a
   * stretch of records without timestamps, `untimed` decides.
   */
  async offsetAt(time: number, untimed: 'before' | 'after'): Promise<Offset> {
    const { earliest, latest } = this.options.partition;
    let [low, high, found] = [earliest, latest, latest];
    while (low < high) {
      const middle = (low + high) / 2n;
      const probe = await this.#probe(middle, high);
      if ('offset' in probe) {
        if (probe.timestamp < time) low = probe.offset + 1n;
        else [high, found] = [middle, probe.offset];
      } else if (probe.kind === 'none') high = middle;
      else if (untimed === 'before') [high, found] = [middle, middle];
      else low = probe.next;
      // Retention may have deleted more records in the meantime.
      if (low < this.#earliest) low = this.#earliest;
    }
    return found < low ? low : found;
  }

  #probe(from: Offset, until: Offset): Promise<Probe> {
    const key = `${from}-${until}`;
    const probe = this.#probes.get(key) ?? this.options.limiter(() => this.#look(from, until));
    this.#probes.set(key, probe);
    return probe;
  }

  async #look(from: Offset, until: Offset): Promise<Probe> {
    const { topic, partition, signal } = this.options;
    const range = { topic, partition: partition.id, from, until };
    const pages = this.proxy.read(range, { pageBytes: PROBE_BYTES, signal });
    for await (const { records, next, skipped } of pages) {
      if (skipped?.reason === 'retention' && skipped.to > this.#earliest) {
        this.#earliest = skipped.to;
      }
      for (const { offset, timestamp } of records) {
        if (!hasTime(timestamp)) continue;
        this.#timestamps.push(timestamp);
        return { offset, timestamp };
      }
      if (next >= until) break;
      if (this.#spare === 0) return { kind: 'unknown', next };
      this.#spare -= 1;
    }
    return { kind: 'none' };
  }
}

/** Whether a timestamp is a time. Kafka uses -1 for a missing one. */
export function hasTime(timestamp: number | undefined): timestamp is number {
  return timestamp !== undefined && timestamp >= 0;
}
