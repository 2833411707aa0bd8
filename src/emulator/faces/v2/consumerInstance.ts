import type { KafkaRecord, Offset } from '../../../core/kafka';
import { type Backend, type FetchLimits, KafkaFailure } from '../../backend';

/** Where a consumer begins that has no position, or one that is out of range. */
export type OffsetReset =
  | 'earliest'
  | 'latest'
  | 'none'
  | { /** Before now, in milliseconds. */ readonly byDurationMs: number };

export interface InstanceSettings {
  readonly format: string;
  readonly reset: OffsetReset;
  readonly isolation: NonNullable<FetchLimits['isolation']>;
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** A record, and the topic that it was read from. */
export type PolledRecord = KafkaRecord & { readonly topic: string };

export interface PollLimits {
  readonly maxRecords: number;
  /** The maximum size of the records of one partition, but for the first of them. */
  readonly maxPartitionBytes: number;
}

/** A poll of an instance to which nothing is assigned. */
export class UnassignedError extends Error {}

/**
 * A position that does not exist, and that the consumer may not reset; `offset` is missing if there
 * is no position. The message is that of Kafka's consumer, as it was observed in version 4.1.
 */
export class PositionError extends Error {
  constructor(
    at: TopicPartition,
    readonly offset?: Offset,
  ) {
    super(
      offset === undefined
        ? `Undefined offset with no reset policy for partitions: [${keyOf(at)}]`
        : `Fetch position FetchPosition{offset=${offset.toString()}, ` +
            'offsetEpoch=Optional.empty, currentLeader=LeaderAndEpoch{leader=Optional[' +
            '127.0.0.1:19092 (id: 1 rack: null isFenced: false)], epoch=2}} ' +
            `is out of range for partition ${keyOf(at)}`,
    );
  }
}

/** A consumer behind a REST proxy, with partitions that are assigned to it by hand. */
export class ConsumerInstance {
  /** The positions by partition; `undefined`: not set yet. */
  #positions = new Map<string, { readonly at: TopicPartition; offset: Offset | undefined }>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly backend: Backend,
    readonly settings: InstanceSettings,
  ) {}

  get assigned(): readonly TopicPartition[] {
    return [...this.#positions.values()].map(({ at }) => at);
  }

  /** Runs a task when no other one of this instance is running. */
  async alone<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Replaces the assigned partitions. Those that stay keep their position. */
  assign(partitions: readonly TopicPartition[]): void {
    const before = this.#positions;
    this.#positions = new Map(
      partitions.map((at) => [keyOf(at), { at, offset: before.get(keyOf(at))?.offset }]),
    );
  }

  isAssigned(at: TopicPartition): boolean {
    return this.#positions.has(keyOf(at));
  }

  /** Moves a position. The partition must be assigned. */
  async seek(at: TopicPartition, to: Offset | 'beginning' | 'end'): Promise<void> {
    const place = this.#positions.get(keyOf(at));
    if (!place) throw new RangeError(`${keyOf(at)} is not assigned.`);
    if (typeof to === 'bigint') {
      place.offset = to;
      return;
    }
    place.offset = await this.#reset(at, to === 'beginning' ? 'earliest' : 'latest');
  }

  /**
   * Returns the next records of the assigned partitions as soon as there are any, or none after
   * `waitMs`. Unknown partitions have none. Throws an `UnassignedError` or a `PositionError`.
   */
  async poll(waitMs: number, limits: PollLimits, gone: AbortSignal): Promise<PolledRecord[]> {
    if (this.#positions.size === 0) throw new UnassignedError();
    const end = performance.now() + waitMs;
    for (;;) {
      const records = await this.#available(limits);
      const left = end - performance.now();
      if (records.length > 0 || left <= 0 || gone.aborted) return records;
      await this.#change(left, gone);
    }
  }

  async #available({ maxRecords, maxPartitionBytes }: PollLimits): Promise<PolledRecord[]> {
    const records: PolledRecord[] = [];
    for (const place of this.#positions.values()) {
      const { topic, partition } = place.at;
      const left = maxRecords - records.length;
      if (left <= 0) break;
      try {
        place.offset ??= await this.#reset(place.at, this.settings.reset);
        if (place.offset === undefined) {
          if (this.settings.reset === 'none') throw new PositionError(place.at);
          continue;
        }
        const limit = { maxRecords: left, maxBytes: maxPartitionBytes };
        const { isolation } = this.settings;
        const from = place.offset;
        const fetched = await this.backend.fetch(topic, partition, from, { ...limit, isolation });
        for (const record of fetched.records) records.push({ ...record, topic });
        place.offset = fetched.next;
      } catch (error) {
        if (!(error instanceof KafkaFailure)) throw error;
        if (error.kind === 'OFFSET_OUT_OF_RANGE') {
          if (this.settings.reset === 'none') throw new PositionError(place.at, place.offset);
          place.offset = await this.#reset(place.at, this.settings.reset);
        } else if (!UNAVAILABLE.includes(error.kind)) throw error;
      }
    }
    return records;
  }

  /** Resolves when there may be something new, or when the time is over. */
  async #change(waitMs: number, gone: AbortSignal): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let left = (): void => undefined;
    const over = new Promise<void>((resolve) => {
      left = resolve;
      timer = setTimeout(resolve, waitMs);
    });
    gone.addEventListener('abort', left);
    try {
      await Promise.race([
        over,
        ...[...this.#positions.values()].map(({ at, offset }) => this.#arrival(at, offset, waitMs)),
      ]);
    } finally {
      clearTimeout(timer);
      gone.removeEventListener('abort', left);
    }
  }

  /** Resolves when a partition has a record, and never if it does not exist. */
  async #arrival(at: TopicPartition, offset: Offset | undefined, waitMs: number): Promise<void> {
    const { isolation } = this.settings;
    const limits = { maxRecords: 1, maxBytes: 1, waitMs, isolation };
    try {
      if (offset !== undefined) {
        const { records } = await this.backend.fetch(at.topic, at.partition, offset, limits);
        if (records.length > 0) return;
      }
    } catch (error) {
      if (!(error instanceof KafkaFailure)) throw error;
      if (error.kind === 'OFFSET_OUT_OF_RANGE') return;
    }
    await new Promise<never>(() => undefined);
  }

  /** Returns the offset that a position moves to; `undefined` if Kafka does not tell it. */
  async #reset(at: TopicPartition, to: OffsetReset): Promise<Offset | undefined> {
    if (to === 'none') return undefined;
    const [ends] = await this.backend.offsets(at.topic, [at.partition]);
    if (!ends || to === 'latest') return ends?.latest;
    if (to === 'earliest') return ends.earliest;
    const time = Date.now() - to.byDurationMs;
    // Kafka refuses negative times, and the consumer asks again and again.
    if (time < 0) return undefined;
    return (await this.backend.offsetAtTime(at.topic, at.partition, time)) ?? ends.latest;
  }
}

/** Failures that a consumer waits out. */
const UNAVAILABLE: readonly string[] = [
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_OR_FOLLOWER',
  'REQUEST_TIMED_OUT',
];

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
