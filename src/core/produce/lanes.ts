import type { NewRecord, ProduceResult } from '../kafka';
import type { BatchLimit } from './batchLimit';
import { partitionOfKey } from './partitioner';
import type { Sendable } from './sendable';

/** A record to send, the item that it was made from, and its result. */
export interface Entry<T> extends Sendable {
  readonly item: T;
  /** The index of the record among all records. */
  readonly index: number;
  /** Missing while the record waits or is under way. */
  result?: ProduceResult;
}

/** The records of one call. */
export interface Batch<T> {
  readonly entries: readonly Entry<T>[];
  readonly records: readonly NewRecord[];
}

/** Records that are sent in order. Only one call of a lane is under way at a time. */
export class Lane<T> {
  busy = false;
  readonly #queue: Entry<T>[] = [];
  #bytes = 0;
  /** The records that the queue began with when they were prepared, and still begins with. */
  #next: Batch<T> | undefined;
  /**
   * How many of the next records include one that made the proxy refuse a call; 0: none is known.
   */
  #suspects = 0;

  /**
   * `partition` is the partition that the records go to; missing if there are several. For records
   * with a key it is a guess, because the topic may have another partitioner.
   */
  constructor(
    private readonly limit: BatchLimit,
    readonly partition?: number,
  ) {}

  /** The record that has waited longest. */
  get first(): Entry<T> | undefined {
    return this.#queue[0];
  }

  /** Whether the next call would not grow if more records were added. */
  get isFull(): boolean {
    return this.#suspects > 0 || this.limit.isFull(this.#queue.length, this.#bytes);
  }

  add(entry: Entry<T>): void {
    this.#queue.push(entry);
    this.#bytes += entry.size;
  }

  get isPrepared(): boolean {
    return this.#next !== undefined;
  }

  /** Whether the records of the next call are known, unless the one under way fails. */
  get isPreparable(): boolean {
    return !this.isPrepared && this.#suspects === 0 && this.isFull;
  }

  /** Returns the records of the next call; `take` returns the same array if they still are. */
  prepare(): readonly NewRecord[] {
    this.#next = this.#head(this.#countNext());
    return this.#next.records;
  }

  /** Removes the records of the next call and returns them. */
  take(): Batch<T> {
    const count = this.#countNext();
    const batch = this.#next?.entries.length === count ? this.#next : this.#head(count);
    this.#next = undefined;
    this.#queue.splice(0, count);
    for (const { size } of batch.entries) this.#bytes -= size;
    return batch;
  }

  #countNext(): number {
    const fit = this.limit.fit((index) => this.#queue[index]?.size);
    return this.#suspects > 0 ? Math.min(fit, Math.max(1, this.#suspects >> 1)) : fit;
  }

  #head(count: number): Batch<T> {
    const entries = this.#queue.slice(0, count);
    return { entries, records: entries.map(({ record }) => record) };
  }

  /** Puts back records that were taken and certainly not written. */
  putBack(batch: readonly Entry<T>[]): void {
    this.#next = undefined;
    this.#queue.unshift(...batch);
    for (const { size } of batch) this.#bytes += size;
  }

  /** Puts back records, one of which the proxy refuses. Smaller calls will find it. */
  suspect(batch: readonly Entry<T>[]): void {
    this.putBack(batch);
    this.#suspects = batch.length;
  }

  /** Says that the proxy has accepted a call with this many of the suspects. */
  clear(records: number): void {
    this.#suspects = Math.max(0, this.#suspects - records);
  }

  /** Says that the record that the proxy refuses was found. */
  found(): void {
    this.#suspects = 0;
  }
}

/** Returns the index of a record's lane, and the record as it is sent there. */
type Deal = (given: Sendable) => { readonly lane: number; readonly record: NewRecord };

/** Distributes records over lanes, and chooses the lane to send from next. */
export class Lanes<T> {
  #count = 0;

  private constructor(
    private readonly lanes: readonly Lane<T>[],
    private readonly deal: Deal,
  ) {}

  /** Creates one lane for all records, which keeps their order whatever their partitions. */
  static single<T>(limit: BatchLimit): Lanes<T> {
    return new Lanes([new Lane(limit)], ({ record }) => ({ lane: 0, record }));
  }

  /**
   * Creates a lane for each partition, so that concurrent calls keep the order within each of them.
   * `partitions` are the ids of all partitions of the topic, in order; at least one.
   */
  static perPartition<T>(partitions: readonly number[], limit: BatchLimit): Lanes<T> {
    const lanes = partitions.map((partition) => new Lane<T>(limit, partition));
    return new Lanes(lanes, dealByPartition(partitions, limit));
  }

  /** Adds a record to its lane. Throws a `RangeError` if its partition does not exist. */
  add(item: T, sendable: Sendable): Entry<T> {
    const { lane: index, record } = this.deal(sendable);
    const lane = this.lanes[index];
    if (!lane) throw new RangeError('no such partition');
    const entry: Entry<T> = { item, index: this.#count++, record, size: sendable.size };
    lane.add(entry);
    return entry;
  }

  /**
   * Returns the records of a call that will be sent soon, unless `most` lanes have such a call
   * already; see `Lane.prepare`.
   */
  prepare(most: number): readonly NewRecord[] | undefined {
    let prepared = 0;
    let best: Lane<T> | undefined;
    for (const lane of this.lanes) {
      if (lane.isPrepared) prepared += 1;
      else if (lane.isPreparable && isBefore(lane, best)) best = lane;
    }
    return prepared < most ? best?.prepare() : undefined;
  }

  /**
   * Returns the lane to send from next, if there is one. Among the lanes that are not busy and
   * (unless `partial`) can fill a call, it is the one whose first record has waited longest.
   */
  next(partial: boolean): Lane<T> | undefined {
    let best: Lane<T> | undefined;
    for (const lane of this.lanes) {
      if (lane.busy || !lane.first || !(partial || lane.isFull)) continue;
      if (isBefore(lane, best)) best = lane;
    }
    return best;
  }
}

/** Whether the first record of a lane has waited longer than that of another one. */
function isBefore<T>(lane: Lane<T>, other: Lane<T> | undefined): boolean {
  return (lane.first?.index ?? Infinity) < (other?.first?.index ?? Infinity);
}

/**
 * Returns a function that sends a record with a partition to the lane of that partition, and one
 * with a key to the lane that Kafka's default partitioner chooses. Records with neither go to one
 * partition until they fill a call, and then to the next one, as in Kafka's own producer. Their
 * partition is set, because otherwise a proxy may distribute the records of a call.
 */
function dealByPartition(partitions: readonly number[], limit: BatchLimit): Deal {
  const laneOf = new Map(partitions.map((partition, lane) => [partition, lane]));
  /**
   * The lane of records without key and partition. It begins at random, so that small files go to
   * different partitions.
   */
  let sticky = Math.floor(Math.random() * partitions.length);
  let batch = { records: 0, bytes: 0 };
  return ({ record, size }) => {
    const { key, partition } = record;
    if (partition !== undefined) return { lane: laneOf.get(partition) ?? -1, record };
    if (key !== undefined && key !== null) {
      return { lane: partitionOfKey(key, partitions.length), record };
    }
    const isFull = limit.isFull(batch.records, batch.bytes + size);
    if (isFull) sticky = (sticky + 1) % partitions.length;
    batch = isFull
      ? { records: 1, bytes: size }
      : { records: batch.records + 1, bytes: batch.bytes + size };
    const chosen = partitions[sticky];
    return {
      lane: sticky,
      record: chosen === undefined ? record : { ...record, partition: chosen },
    };
  };
}
