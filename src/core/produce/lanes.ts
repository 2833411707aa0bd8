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

/** Records that are sent in order. Only one call of a lane is under way at a time. */
export class Lane<T> {
  busy = false;
  readonly #queue: Entry<T>[] = [];
  #bytes = 0;
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

  /** Removes the records of the next call and returns them. */
  take(): readonly Entry<T>[] {
    const fit = this.limit.fit((index) => this.#queue[index]?.size);
    const half = Math.max(1, this.#suspects >> 1);
    const batch = this.#queue.splice(0, this.#suspects > 0 ? Math.min(fit, half) : fit);
    for (const { size } of batch) this.#bytes -= size;
    return batch;
  }

  /** Puts back records that were taken and certainly not written. */
  putBack(batch: readonly Entry<T>[]): void {
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
   * Returns the lane to send from next, if there is one. Among the lanes that are not busy and
   * (unless `partial`) can fill a call, it is the one whose first record has waited longest.
   */
  next(partial: boolean): Lane<T> | undefined {
    let best: Lane<T> | undefined;
    for (const lane of this.lanes) {
      if (lane.busy || !lane.first || !(partial || lane.isFull)) continue;
      if (!best?.first || lane.first.index < best.first.index) best = lane;
    }
    return best;
  }
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
