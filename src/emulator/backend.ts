import type { TopicPropertyChange } from '../core/administration';
import type { Broker, KafkaRecord, NewRecord, NewTopic, Offset } from '../core/kafka';

/** One partition of a topic. */
export interface BackendPartition {
  readonly id: number;
  /** `null` while the partition has no leader. */
  readonly leader: number | null;
  /** Broker ids, preferred leader first. */
  readonly replicas: readonly number[];
  /** Broker ids of the in-sync replicas. */
  readonly isr: readonly number[];
}

export interface BackendTopic {
  readonly name: string;
  readonly isInternal: boolean;
  /** Sorted by id. */
  readonly partitions: readonly BackendPartition[];
}

/** The offsets that a partition holds: `earliest` inclusive, `latest` exclusive. */
export interface BackendOffsets {
  readonly earliest: Offset;
  readonly latest: Offset;
}

/** How much to read from a partition. */
export interface FetchLimits {
  readonly maxRecords: number;
  /** The maximum size of keys, values and headers. The first record is returned at any size. */
  readonly maxBytes: number;
  /** How long to wait while there is no record, in milliseconds; default 0. */
  readonly waitMs?: number;
  /**
   * Whether the whole batches are wanted, as brokers send them: also the records before the offset
   * that are in its batch. Default: false. A backend may not know batches.
   */
  readonly wholeBatches?: boolean;
  /** Default: records of aborted and open transactions are read too. */
  readonly isolation?: 'read_uncommitted' | 'read_committed';
}

export interface Fetched {
  /** In offset order; there may be gaps. */
  readonly records: readonly KafkaRecord[];
  /** The offset at which the next read begins. */
  readonly next: Offset;
}

/** The result of appending one record. */
export type Appended =
  | { readonly partition: number; readonly offset: Offset; readonly timestamp: number }
  | { readonly failure: KafkaFailure };

/** A property of a topic, with what Kafka's `DescribeConfigs` says about it. */
export interface BackendProperty {
  readonly name: string;
  /** `null`: not set, or sensitive. */
  readonly value: string | null;
  /** The value that holds once the topic's own value is gone; missing: not known. */
  readonly defaultValue?: string | null;
  /** Where the value comes from, by Kafka's name: `DYNAMIC_TOPIC_CONFIG`, `DEFAULT_CONFIG`. */
  readonly source: string;
  readonly isReadOnly: boolean;
  readonly isSensitive: boolean;
}

export interface BackendGroup {
  readonly id: string;
  /** By Kafka's name in capitals: `STABLE`, `EMPTY`, `PREPARING_REBALANCE`. */
  readonly state: string;
  /** Whether it only commits offsets, so that its members assign partitions to themselves. */
  readonly isSimple: boolean;
  /** The strategy of the assignment, such as `range`; empty without members. */
  readonly assignor: string;
  /** The id of the broker that coordinates the group; `null` if it is not known. */
  readonly coordinator: number | null;
}

export interface BackendMember {
  readonly id: string;
  readonly clientId: string;
  /** As Kafka gives it: an address behind a slash. */
  readonly host: string;
  /** The static id (`group.instance.id`), if it has one. */
  readonly instanceId?: string;
  /** What it is assigned, sorted by topic and partition. */
  readonly partitions: readonly { readonly topic: string; readonly partition: number }[];
}

/** The offset that a consumer group has committed for a partition. */
export interface BackendPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: Offset;
}

/**
 * A Kafka cluster as the faces of the REST proxies see it: in memory, or a real one. Calls reject
 * with a `KafkaFailure`. The optional methods are for the faces of proxies that administer.
 */
export interface Backend {
  brokers(): Promise<readonly Broker[]>;
  /** All topics, internal ones included, sorted by name. */
  topics(): Promise<readonly BackendTopic[]>;
  /** Rejects with `UNKNOWN_TOPIC_OR_PARTITION` if there is no such topic. */
  topic(name: string): Promise<BackendTopic>;
  /** Returns the offsets of some partitions, in the order of `partitions`. */
  offsets(topic: string, partitions: readonly number[]): Promise<readonly BackendOffsets[]>;
  /**
   * Returns the first offset whose record has this timestamp (epoch milliseconds) or a later one.
   */
  offsetAtTime(topic: string, partition: number, time: number): Promise<Offset | undefined>;
  /** Rejects with `OFFSET_OUT_OF_RANGE` unless `offset` is between the partition's offsets. */
  fetch(topic: string, partition: number, offset: Offset, limits: FetchLimits): Promise<Fetched>;
  /**
   * Appends records in order; Kafka's partitioner places those without a partition. Returns one
   * result for each record. Rejects only if nothing was written. With `wholeBatches`, the records
   * for a partition are one batch, all of which are refused if that is too large; default: it is
   * split, as Kafka's own producer does. A backend may not know batches.
   */
  produce(
    topic: string,
    records: readonly NewRecord[],
    options?: { readonly wholeBatches?: boolean },
  ): Promise<readonly Appended[]>;
  createTopic(topic: NewTopic): Promise<void>;
  /** Resolves if `createTopic` would create the topic, and rejects as that would. */
  checkTopic?(topic: NewTopic): Promise<void>;
  /** All properties that the topic could have, sorted by name. */
  topicProperties?(topic: string): Promise<readonly BackendProperty[]>;
  /** Makes all changes, or rejects with `INVALID_CONFIG` and makes none. */
  alterTopic?(
    topic: string,
    changes: readonly TopicPropertyChange[],
    options?: { readonly validateOnly?: boolean },
  ): Promise<void>;
  deleteTopic?(topic: string): Promise<void>;
  /** Adds partitions until there are `total`. Rejects with `INVALID_PARTITIONS` if that is not more. */
  addPartitions?(
    topic: string,
    total: number,
    options?: { readonly validateOnly?: boolean },
  ): Promise<void>;
  /** All consumer groups, sorted by id. */
  groups?(): Promise<readonly BackendGroup[]>;
  /** Sorted by id. Rejects with `GROUP_ID_NOT_FOUND` if there is no such group. */
  groupMembers?(group: string): Promise<readonly BackendMember[]>;
  /**
   * The committed offsets, sorted by topic and partition. Rejects with `GROUP_ID_NOT_FOUND` if there
   * is no such group.
   */
  groupPositions?(group: string): Promise<readonly BackendPosition[]>;
  close(): Promise<void>;
}

/**
 * The error codes of the Kafka protocol that a face or the gateway tells apart, from the table "Error codes" of
 * Kafka's protocol guide.
 */
export const kafkaErrorCodes = {
  UNKNOWN_SERVER_ERROR: -1,
  OFFSET_OUT_OF_RANGE: 1,
  CORRUPT_MESSAGE: 2,
  UNKNOWN_TOPIC_OR_PARTITION: 3,
  LEADER_NOT_AVAILABLE: 5,
  NOT_LEADER_OR_FOLLOWER: 6,
  REQUEST_TIMED_OUT: 7,
  BROKER_NOT_AVAILABLE: 8,
  MESSAGE_TOO_LARGE: 10,
  NETWORK_EXCEPTION: 13,
  COORDINATOR_LOAD_IN_PROGRESS: 14,
  COORDINATOR_NOT_AVAILABLE: 15,
  NOT_COORDINATOR: 16,
  INVALID_TOPIC_EXCEPTION: 17,
  RECORD_LIST_TOO_LARGE: 18,
  NOT_ENOUGH_REPLICAS: 19,
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: 20,
  TOPIC_AUTHORIZATION_FAILED: 29,
  GROUP_AUTHORIZATION_FAILED: 30,
  CLUSTER_AUTHORIZATION_FAILED: 31,
  INVALID_TIMESTAMP: 32,
  UNSUPPORTED_SASL_MECHANISM: 33,
  UNSUPPORTED_VERSION: 35,
  TOPIC_ALREADY_EXISTS: 36,
  INVALID_PARTITIONS: 37,
  INVALID_REPLICATION_FACTOR: 38,
  INVALID_REPLICA_ASSIGNMENT: 39,
  INVALID_CONFIG: 40,
  NOT_CONTROLLER: 41,
  INVALID_REQUEST: 42,
  POLICY_VIOLATION: 44,
  KAFKA_STORAGE_ERROR: 56,
  SASL_AUTHENTICATION_FAILED: 58,
  REASSIGNMENT_IN_PROGRESS: 60,
  GROUP_ID_NOT_FOUND: 69,
  TOPIC_DELETION_DISABLED: 73,
  FENCED_LEADER_EPOCH: 74,
  UNKNOWN_LEADER_EPOCH: 75,
  UNSUPPORTED_COMPRESSION_TYPE: 76,
  OFFSET_NOT_AVAILABLE: 78,
  INVALID_RECORD: 87,
  THROTTLING_QUOTA_EXCEEDED: 89,
} as const;

export type KafkaErrorName = keyof typeof kafkaErrorCodes;

/** A failure with the name that Kafka gives to it. The message is Kafka's wording, if any. */
export class KafkaFailure extends Error {
  constructor(
    readonly kind: KafkaErrorName,
    message = '',
  ) {
    super(message);
  }
}
