import type { NewRecord, ProduceResult } from '../kafka';
import type { BatchLimit } from './batchLimit';
import { partitionOfKey } from './partitioner';
import type { Sendable } from './sendable';

/** A record on its way: what it was made from, what is sent, and what became of it. */
export interface Entry<T> extends Sendable {
  readonly item: T;
  /** Its place among all records, from 0. */
  readonly index: number;
  /** Missing while the record waits or is under way. */
  result?: ProduceResult;
}

/** Records that are sent in order. Only one call of a lane is under way at a time. */
export class Lane<T> {
  busy = false;
  readonly #queue: Entry<T>[] = [];
  #bytes = 0;
  /** How many of the next records hold one because of which the proxy refused a call; 0: none known. */
  #suspects = 0;

  /**
   * `partition` is where the records of the lane go; missing where they go to several. It is a guess
   * for records that have a key: the topic may have its own partitioner.
   */
  constructor(
    private readonly limit: BatchLimit,
    readonly partition?: number,
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

  /** Tells that this many suspects were written. */
  clear(records: number): void {
    this.#suspects = Math.max(0, this.#suspects - records);
  }

  /** Tells that the record which the proxy does not take was found. */
  found(): void {
    this.#suspects = 0;
  }
}

/** Says by its index which lane a record goes to, and how the record is sent there. */
type Deal = (given: Sendable) => { readonly lane: number; readonly record: NewRecord };

/** The lanes that records are dealt out to, and the choice of the one to send from next. */
export class Lanes<T> {
  #count = 0;

  private constructor(
    private readonly lanes: readonly Lane<T>[],
    private readonly deal: Deal,
  ) {}

  /** One lane for all records, which keeps their order whatever partitions they go to. */
  static single<T>(limit: BatchLimit): Lanes<T> {
    return new Lanes([new Lane(limit)], ({ record }) => ({ lane: 0, record }));
  }

  /**
   * A lane for each partition, so that calls side by side keep the order in each. `partitions` are
   * the ids of all partitions of the topic, in order; at least one.
   */
  static perPartition<T>(partitions: readonly number[], limit: BatchLimit): Lanes<T> {
    const lanes = partitions.map((partition) => new Lane<T>(limit, partition));
    return new Lanes(lanes, dealByPartition(partitions, limit));
  }

  /** Adds a record to its lane. Its partition must be one that there is. */
  add(item: T, sendable: Sendable): Entry<T> {
    const { lane: index, record } = this.deal(sendable);
    const lane = this.lanes[index];
    if (!lane) throw new RangeError('no such partition');
    const entry: Entry<T> = { item, index: this.#count++, record, size: sendable.size };
    lane.add(entry);
    return entry;
  }

  /**
   * The lane to send from next: of those that are not busy and, unless `partial`, have enough for a
   * full call, the one whose first record has waited longest.
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
 * Deals a record with a partition to the lane of that partition, and one with a key to the lane of
 * Kafka's default partitioner. Records with neither go to one partition until they fill a call and
 * then to the next, as Kafka's own producer does it; their partition is set, because a proxy may
 * spread the records of a call.
 */
function dealByPartition(partitions: readonly number[], limit: BatchLimit): Deal {
  const laneOf = new Map(partitions.map((partition, lane) => [partition, lane]));
  /** Where records without key and partition go; the first is random, so that small files spread. */
  let sticky = Math.floor(Math.random() * partitions.length);
  let stuck = { records: 0, bytes: 0 };
  return ({ record, size }) => {
    const { key, partition } = record;
    if (partition !== undefined) return { lane: laneOf.get(partition) ?? -1, record };
    if (key !== undefined && key !== null) {
      return { lane: partitionOfKey(key, partitions.length), record };
    }
    const isFull = limit.isFull(stuck.records, stuck.bytes + size);
    if (isFull) sticky = (sticky + 1) % partitions.length;
    stuck = isFull
      ? { records: 1, bytes: size }
      : { records: stuck.records + 1, bytes: stuck.bytes + size };
    const chosen = partitions[sticky];
    return {
      lane: sticky,
      record: chosen === undefined ? record : { ...record, partition: chosen },
    };
  };
}
