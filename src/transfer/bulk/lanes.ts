import type { BatchLimit } from '../../core/produce/batchLimit';
import type { NewRecord } from '../../core/kafka';
import { partitionOfKey } from './partitioner';

/** A record on its way: what is sent of an item, and what became of it. */
export interface Entry<T> {
  readonly item: T;
  /** Its place among all records. */
  readonly index: number;
  /** The record as it is sent. */
  readonly record: NewRecord;
  /** Bytes in the body of a call. */
  readonly size: number;
  fate?: 'accepted' | 'failed' | 'unclear';
}

/** The records for one partition, in order. Only one call of a lane is under way at a time. */
export class Lane<T> {
  busy = false;
  readonly #queue: Entry<T>[] = [];
  #bytes = 0;
  /** How many of the next records hold one for which the proxy refused a call; 0: none known. */
  #suspects = 0;

  /** `partition` is a guess for records that have a key: the topic may have its own partitioner. */
  constructor(
    readonly partition: number,
    private readonly limit: BatchLimit,
  ) {}

  /** The record that has waited longest. */
  get first(): Entry<T> | undefined {
    return this.#queue[0];
  }

  /** Whether waiting for more records would not make the next call any larger. */
  get isFull(): boolean {
    return this.#suspects > 0 || this.limit.isFull(this.#queue.length, this.#bytes);
  }

  add(entry: Entry<T>): void {
    this.#queue.push(entry);
    this.#bytes += entry.size;
  }

  /** Takes the records of the next call. */
  take(): readonly Entry<T>[] {
    const fit = this.limit.fit((index) => this.#queue[index]?.size);
    const half = Math.max(1, this.#suspects >> 1);
    const batch = this.#queue.splice(0, this.#suspects > 0 ? Math.min(fit, half) : fit);
    for (const { size } of batch) this.#bytes -= size;
    return batch;
  }

  /** Puts records back that were taken and certainly not written. */
  putBack(batch: readonly Entry<T>[]): void {
    this.#queue.unshift(...batch);
    for (const { size } of batch) this.#bytes += size;
  }

  /** Puts several records back, one of which the proxy does not take: smaller calls are to find it. */
  suspect(batch: readonly Entry<T>[]): void {
    this.putBack(batch);
    this.#suspects = batch.length;
  }

  /** Tells that so many suspects were written. */
  clear(records: number): void {
    this.#suspects = Math.max(0, this.#suspects - records);
  }

  /** Tells that the record which the proxy does not take was found. */
  found(): void {
    this.#suspects = 0;
  }
}

/**
 * Deals records out to a lane a partition, so that calls side by side keep the order in each: a
 * record with a partition to the lane of that, one with a key to that of Kafka's default partitioner.
 * Records with neither go to one partition until they fill a call and then to the next, as Kafka's
 * own producer does it; the partition is then set, for a proxy may spread the records of a call.
 */
export class Lanes<T> {
  readonly #lanes: readonly Lane<T>[];
  readonly #byPartition: ReadonlyMap<number, Lane<T>>;
  /** Where records without key and partition go; the first is random, for small files' sake. */
  #sticky: number;
  #count = 0;
  #stuck = { records: 0, bytes: 0 };

  /** `partitions` are the ids of all partitions of the topic, in order; at least one. */
  constructor(
    partitions: readonly number[],
    private readonly limit: BatchLimit,
  ) {
    this.#lanes = partitions.map((partition) => new Lane(partition, limit));
    this.#byPartition = new Map(this.#lanes.map((lane) => [lane.partition, lane]));
    this.#sticky = Math.floor(Math.random() * partitions.length);
  }

  /** Adds a record of so many bytes to its lane. Its partition must be one that there is. */
  add(item: T, record: NewRecord, size: number): Entry<T> {
    const spread = record.partition === undefined && (record.key ?? null) === null;
    const lane = spread ? this.#nextSticky(size) : this.#laneOf(record);
    if (!lane) throw new RangeError('no such partition');
    const sent = spread ? { ...record, partition: lane.partition } : record;
    const entry: Entry<T> = { item, index: this.#count++, record: sent, size };
    lane.add(entry);
    return entry;
  }

  /**
   * The lane to send from next: of those that are not busy and, unless `partial`, have enough for a
   * full call, the one whose first record has waited longest.
   */
  next(partial: boolean): Lane<T> | undefined {
    let best: Lane<T> | undefined;
    for (const lane of this.#lanes) {
      if (lane.busy || !lane.first || !(partial || lane.isFull)) continue;
      if (!best?.first || lane.first.index < best.first.index) best = lane;
    }
    return best;
  }

  #laneOf({ key, partition }: NewRecord): Lane<T> | undefined {
    if (partition !== undefined) return this.#byPartition.get(partition);
    return this.#lanes[partitionOfKey(key ?? '', this.#lanes.length)];
  }

  #nextSticky(size: number): Lane<T> | undefined {
    const { records, bytes } = this.#stuck;
    const isFull = this.limit.isFull(records, bytes + size);
    if (isFull) this.#sticky = (this.#sticky + 1) % this.#lanes.length;
    this.#stuck = isFull
      ? { records: 1, bytes: size }
      : { records: records + 1, bytes: bytes + size };
    return this.#lanes[this.#sticky];
  }
}
