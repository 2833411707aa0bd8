import { PartitionLog } from './log';
import { partitionOfKey } from './partitioner';

export interface ClusterBroker {
  readonly hostName: string;
  readonly port: number;
  readonly id: number;
  readonly rack: string;
}

export interface TopicPartition {
  readonly id: number;
  readonly log: PartitionLog;
  /** The leader is first. */
  readonly replicas: readonly ClusterBroker[];
  readonly isr: readonly ClusterBroker[];
}

export interface ClusterTopic {
  readonly name: string;
  readonly partitions: readonly TopicPartition[];
}

export interface TopicLayout {
  readonly name: string;
  /** Default 1. */
  readonly partitions?: number | undefined;
  /** Default 3: one on each broker. */
  readonly replicas?: number | undefined;
  /** The offset of the first record of each partition; default 0. */
  readonly firstOffset?: bigint | undefined;
  /** Ids of partitions that have one replica out of sync. */
  readonly shortOfReplica?: readonly number[] | undefined;
}

/**
 * A record to append. Its partition is `partition` if given, or else follows from the key. Records
 * with neither go to all partitions in turn.
 */
export interface EmulatorRecord {
  readonly key?: string | null;
  /** `null` is a tombstone, which the REST API cannot produce. */
  readonly value: string | null;
  readonly partition?: number;
  /** Epoch milliseconds; default now. */
  readonly timestamp?: number;
}

export interface ClusterOptions {
  /** The maximum number of records that a partition keeps; default: no limit. */
  readonly retention?: number | undefined;
  /** Milliseconds until a topic created through the API is visible; default 0. */
  readonly metadataDelay?: number | undefined;
}

/** A Kafka cluster in memory: its brokers and topics. */
export class Cluster {
  readonly brokers: readonly ClusterBroker[] = [0, 1, 2].map((n) => ({
    hostName: `wn${n}-kafka.emulator.internal`,
    port: 9092,
    id: 1001 + n,
    rack: `/rack${n}`,
  }));
  readonly #topicsByName = new Map<string, ClusterTopic & { readonly visibleFrom: number }>();
  #keyless = 0;

  constructor(private readonly options: ClusterOptions) {}

  /** The topics that the metadata already shows. */
  get topics(): readonly ClusterTopic[] {
    return [...this.#topicsByName.values()].filter(({ visibleFrom }) => visibleFrom <= Date.now());
  }

  /** Returns the topic of that name, once the metadata shows it. */
  topic(name: string): ClusterTopic | undefined {
    const topic = this.#topicsByName.get(name);
    return topic && topic.visibleFrom <= Date.now() ? topic : undefined;
  }

  /** Returns the topic as `topic` does. Throws a `RangeError` if there is no such topic. */
  existing(name: string): ClusterTopic {
    const topic = this.topic(name);
    if (!topic) throw new RangeError(`There is no topic ${name}.`);
    return topic;
  }

  /** Returns the log of a partition. Throws a `RangeError` if there is none. */
  log(topic: string, partition: number): PartitionLog {
    return partitionOf(this.existing(topic), partition).log;
  }

  /** Returns whether the topic exists, even if the metadata does not show it yet. */
  has(name: string): boolean {
    return this.#topicsByName.has(name);
  }

  /** Creates a topic that is visible at once, or after the metadata delay if `delayed`. */
  create(layout: TopicLayout, { delayed = false } = {}): ClusterTopic {
    const { name, partitions = 1, replicas = this.brokers.length, firstOffset } = layout;
    const delay = delayed ? (this.options.metadataDelay ?? 0) : 0;
    const topic = {
      name,
      visibleFrom: Date.now() + delay,
      partitions: Array.from({ length: partitions }, (_, id) => {
        const assigned = Array.from({ length: replicas }, (_, n) => this.#brokerInTurn(id + n));
        return {
          id,
          log: new PartitionLog(id, { firstOffset, retention: this.options.retention }),
          replicas: assigned,
          isr: layout.shortOfReplica?.includes(id) ? assigned.slice(0, -1) : assigned,
        };
      }),
    };
    this.#topicsByName.set(name, topic);
    return topic;
  }

  /**
   * Appends records in order. The records of one call without key and partition go to one
   * partition, and those of the next call to the next partition, as Kafka's sticky partitioner
   * does with its batches. Throws a `RangeError`, before anything is written, if a partition does
   * not exist.
   */
  append(topic: ClusterTopic, records: readonly EmulatorRecord[]): void {
    const { partitions } = topic;
    const sticky = this.#keyless % partitions.length;
    const placed = records.map(({ key = null, value, partition, timestamp = Date.now() }) => {
      const id = partition ?? (key === null ? sticky : partitionOfKey(key, partitions.length));
      return { log: partitionOf(topic, id).log, record: { key, value, timestamp } };
    });
    if (records.some(({ key = null, partition }) => key === null && partition === undefined)) {
      this.#keyless++;
    }
    for (const { log, record } of placed) log.append(record);
  }

  #brokerInTurn(n: number): ClusterBroker {
    const broker = this.brokers[n % this.brokers.length];
    if (!broker) throw new RangeError('The cluster has no brokers.');
    return broker;
  }
}

function partitionOf({ name, partitions }: ClusterTopic, id: number): TopicPartition {
  const partition = partitions[id];
  if (!partition) throw new RangeError(`Topic ${name} has no partition ${id}.`);
  return partition;
}
