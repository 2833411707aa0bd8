import type { Broker, NewRecord } from '../../core/kafka';
import { KafkaFailure } from '../backend';
import { ConsumerGroups } from './groups';
import { type LogRecord, PartitionLog, type TransactionEnd } from './log';
import { partitionOfKey } from '../partitioner';
import { nameProblem } from './topicRules';

export interface TopicPartition {
  readonly id: number;
  readonly log: PartitionLog;
  /** The leader is first. */
  readonly replicas: readonly Broker[];
  readonly isr: readonly Broker[];
  /** Whether none of its replicas can lead it. */
  isLeaderless: boolean;
}

export interface ClusterTopic {
  readonly name: string;
  readonly partitions: readonly TopicPartition[];
  /** The properties that it has set, by name. */
  readonly properties: ReadonlyMap<string, string>;
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
  /** Ids of partitions that have no leader. */
  readonly leaderless?: readonly number[] | undefined;
  /** Properties by name; default: none are set. */
  readonly properties?: Readonly<Record<string, string>> | undefined;
}

/** A record, and the partition that it goes to. */
export interface Destined {
  readonly partition: TopicPartition;
  readonly record: LogRecord;
}

/** Where a record was appended. */
export interface Placed {
  readonly partition: number;
  readonly offset: bigint;
  /** Epoch milliseconds. */
  readonly timestamp: number;
}

export interface ClusterOptions {
  /** The maximum number of records that a partition keeps; default: no limit. */
  readonly retention?: number | undefined;
  /** Milliseconds until a topic created through the API is visible; default 0. */
  readonly metadataDelay?: number | undefined;
  /** The limit for topics without `max.message.bytes`, in bytes; default: none. */
  readonly maxMessageBytes?: number | undefined;
}

/** A Kafka cluster in memory: its brokers and topics. */
export class Cluster {
  readonly brokers: readonly Broker[] = [0, 1, 2].map((n) => ({
    host: `wn${n}-kafka.emulator.internal`,
    port: 9092,
    id: 1001 + n,
    rack: `/rack${n}`,
  }));
  readonly groups = new ConsumerGroups(1001);
  readonly #topicsByName = new Map<string, ClusterTopic & { readonly visibleFrom: number }>();
  #keyless = 0;

  constructor(private readonly options: ClusterOptions) {}

  /** The limit for topics without `max.message.bytes`. */
  get maxMessageBytes(): number {
    return this.options.maxMessageBytes ?? Infinity;
  }

  /** The topics that the metadata already shows. */
  get topics(): readonly ClusterTopic[] {
    return [...this.#topicsByName.values()].filter(({ visibleFrom }) => visibleFrom <= Date.now());
  }

  /** Returns the topic of that name, once the metadata shows it. */
  topic(name: string): ClusterTopic | undefined {
    const topic = this.#topicsByName.get(name);
    return topic && topic.visibleFrom <= Date.now() ? topic : undefined;
  }

  /** Returns the topic as `topic` does. Throws a `KafkaFailure` if there is no such topic. */
  existing(name: string): ClusterTopic {
    const topic = this.topic(name);
    if (topic) return topic;
    if (nameProblem(name) !== undefined) {
      const message = 'The request attempted to perform an operation on an invalid topic.';
      throw new KafkaFailure('INVALID_TOPIC_EXCEPTION', message);
    }
    throw new KafkaFailure('UNKNOWN_TOPIC_OR_PARTITION', `There is no topic ${name}.`);
  }

  /** Returns the log of a partition. Throws a `KafkaFailure` if there is none. */
  log(topic: string, partition: number): PartitionLog {
    return this.partition(topic, partition).log;
  }

  /** Returns a partition. Throws a `KafkaFailure` if there is none. */
  partition(topic: string, id: number): TopicPartition {
    return partitionOf(this.existing(topic), id);
  }

  /** The names of all topics, also of those that the metadata does not show yet. */
  get names(): readonly string[] {
    return [...this.#topicsByName.keys()];
  }

  /** Creates a topic that is visible at once, or after the metadata delay if `delayed`. */
  create(layout: TopicLayout, { delayed = false } = {}): ClusterTopic {
    const { name, partitions = 1, properties = {} } = layout;
    const delay = delayed ? (this.options.metadataDelay ?? 0) : 0;
    const topic = {
      name,
      visibleFrom: Date.now() + delay,
      partitions: Array.from({ length: partitions }, (_, id) => this.#newPartition(id, layout)),
      properties: new Map(Object.entries(properties)),
    };
    this.#topicsByName.set(name, topic);
    return topic;
  }

  /** Deletes a topic with its records and what groups have committed for it. */
  delete(name: string): void {
    this.existing(name);
    this.#topicsByName.delete(name);
    this.groups.forget(name);
  }

  /** Replaces the properties that a topic has set. */
  configure(name: string, properties: ReadonlyMap<string, string>): void {
    this.#replace(name, { properties });
  }

  /** Adds empty partitions, with as many replicas as the others, until there are `total`. */
  addPartitions(name: string, total: number): void {
    const { partitions } = this.existing(name);
    const replicas = partitions[0]?.replicas.length;
    const added = Array.from({ length: total - partitions.length }, (_, index) =>
      this.#newPartition(partitions.length + index, { name, replicas }),
    );
    this.#replace(name, { partitions: [...partitions, ...added] });
  }

  #replace(name: string, changes: Partial<ClusterTopic>): void {
    this.#topicsByName.set(name, { visibleFrom: 0, ...this.existing(name), ...changes });
  }

  #newPartition(
    id: number,
    { replicas = this.brokers.length, firstOffset, shortOfReplica, leaderless }: TopicLayout,
  ): TopicPartition {
    const assigned = Array.from({ length: replicas }, (_, n) => this.#brokerInTurn(id + n));
    return {
      id,
      log: new PartitionLog(id, { firstOffset, retention: this.options.retention }),
      replicas: assigned,
      isLeaderless: leaderless?.includes(id) ?? false,
      isr: shortOfReplica?.includes(id) ? assigned.slice(0, -1) : assigned,
    };
  }

  /** Appends records in order, as `destinations` says, and returns where each of them is. */
  append(topic: ClusterTopic, records: readonly NewRecord[]): readonly Placed[] {
    const destined = this.destinations(topic, records);
    for (const { partition } of destined) partition.log.beginBatch();
    return destined.map(({ partition, record }) => ({
      partition: partition.id,
      offset: partition.log.append(record),
      timestamp: record.timestamp,
    }));
  }

  /** Appends the records of a transaction, and returns a function that ends it in all partitions. */
  transact(topic: ClusterTopic, records: readonly NewRecord[]): (end: TransactionEnd) => void {
    const byPartition = new Map<PartitionLog, LogRecord[]>();
    for (const { partition, record } of this.destinations(topic, records)) {
      const list = byPartition.get(partition.log) ?? [];
      byPartition.set(partition.log, [...list, record]);
    }
    const ends = [...byPartition].map(([log, list]) => log.begin(list));
    return (end) => {
      for (const finish of ends) finish(end);
    };
  }

  /**
   * Returns where records are to go: to their partition, or else to the one that follows from their
   * key. The records of one call without key and partition go to one partition, and those of the
   * next call to the next partition, as Kafka's sticky partitioner does with its batches. The
   * timestamp is now unless given, and in any case if the topic is configured so. Throws a `KafkaFailure` if a partition does not exist.
   */
  destinations(topic: ClusterTopic, records: readonly NewRecord[]): readonly Destined[] {
    const { partitions, properties } = topic;
    const now = Date.now();
    const time: Partial<LogRecord> =
      properties.get('message.timestamp.type') === 'LogAppendTime'
        ? { timestamp: now, timestampType: 'LogAppendTime' }
        : {};
    const sticky = this.#keyless % partitions.length;
    const found = records.map(({ key = null, value, partition, timestamp = now, headers = [] }) => {
      const id = partition ?? (key === null ? sticky : partitionOfKey(key, partitions.length));
      return {
        partition: partitionOf(topic, id),
        record: { key, value, timestamp, headers, ...time },
      };
    });
    if (records.some(({ key = null, partition }) => key === null && partition === undefined)) {
      this.#keyless++;
    }
    return found;
  }

  #brokerInTurn(n: number): Broker {
    const broker = this.brokers[n % this.brokers.length];
    if (!broker) throw new RangeError('The cluster has no brokers.');
    return broker;
  }
}

function partitionOf({ name, partitions }: ClusterTopic, id: number): TopicPartition {
  const partition = partitions[id];
  if (partition) return partition;
  throw new KafkaFailure('UNKNOWN_TOPIC_OR_PARTITION', `Topic ${name} has no partition ${id}.`);
}
