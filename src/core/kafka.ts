/**
 * The domain: the parts of a Kafka cluster behind a REST proxy, and the calls that every dialect of
 * such a proxy offers. Types only, so that both sides of the wire (client and emulator) may share
 * them.
 */

import type {
  ConsumerGroup,
  GroupMember,
  GroupPosition,
  TopicProperty,
  TopicPropertyChange,
} from './administration';
import type { Limiter } from './async/limiter';
import type { Partition } from './partition';

export type { BoundedPartition, LogEnds, Partition, PartitionFacts } from './partition';

/** A position in a partition. A 64-bit number in Kafka, so never a JavaScript `number`. */
export type Offset = bigint;

/** A broker of the cluster. A proxy that gives only ids leaves out the other members. */
export interface Broker {
  readonly id: number;
  readonly host?: string;
  readonly port?: number;
  readonly rack?: string;
}

/** An entry in the list of topics. Some dialects give more than the name. */
export interface Topic {
  readonly name: string;
  readonly internal?: boolean;
  readonly partitionCount?: number;
}

/** A key or value: text if the proxy carries text, bytes if it carries bytes. */
export type Payload = string | Uint8Array;

export interface RecordHeader {
  readonly name: string;
  readonly value: Uint8Array | null;
}

/** A record as it was read. The user interface calls it a message. */
export interface KafkaRecord {
  readonly partition: number;
  readonly offset: Offset;
  /** Epoch milliseconds; missing where the dialect does not carry it. */
  readonly timestamp?: number;
  readonly timestampType?: string;
  /** `null` is Kafka's null, not an empty text. */
  readonly key: Payload | null;
  /** `null` is a tombstone. */
  readonly value: Payload | null;
  readonly headers?: readonly RecordHeader[];
}

/**
 * A record to produce. It is refused before sending if the dialect cannot carry it; see
 * `Capabilities`.
 */
export interface NewRecord {
  /** `null` or missing: the record has no key, so the proxy's partitioner chooses any partition. */
  readonly key?: Payload | null;
  readonly value: Payload | null;
  /** Missing: the partitioner chooses. */
  readonly partition?: number;
  readonly headers?: readonly RecordHeader[];
  /** Epoch milliseconds. */
  readonly timestamp?: number;
}

/** The result of producing one record. Results are in the order in which the records were given. */
export type ProduceResult =
  /** Written. Only some proxies report the partition and offset. */
  | { readonly status: 'accepted'; readonly partition?: number; readonly offset?: Offset }
  /** Certainly not written; `isTooLarge`: because of its size alone. */
  | { readonly status: 'refused'; readonly detail: string; readonly isTooLarge?: true }
  /** Timed out or cut off after sending: the record may have been written. */
  | { readonly status: 'unclear'; readonly detail: string };

export interface NewTopic {
  readonly name: string;
  /** Missing: the cluster's default. */
  readonly partitionCount?: number;
  readonly replicationFactor?: number;
  /** Topic properties such as `retention.ms`. */
  readonly properties?: Readonly<Record<string, string>>;
}

/** The range to read of one partition: `from` inclusive, `until` exclusive. */
export interface PartitionRange {
  readonly topic: string;
  readonly partition: number;
  readonly from: Offset;
  readonly until: Offset;
}

/** How the pages of a read may flow. A dialect may ignore everything except the signal. */
export interface ReadFlow extends CallOptions {
  /** The desired size of a page, in bytes of the response. A hint, not a limit. */
  readonly pageBytes?: number;
  /**
   * How large a page may become on a slow line, so that fewer requests are needed; missing:
   * `pageBytes`.
   */
  readonly maxPageBytes?: number;
  /** How many pages to request before they are asked for; missing: none. */
  readonly ahead?: number;
  /** After a page larger than this, in bytes, no page is requested ahead; missing: no limit. */
  readonly maxAheadBytes?: number;
  /**
   * Returns how many more records are wanted, so that no more are requested ahead; missing: all.
   */
  readonly wanted?: () => number;
  /** Limits how many requests are under way; missing: no limit. */
  readonly limiter?: Limiter;
}

/** Some records of a range, in offset order, and the offset at which the next page begins. */
export interface RecordPage {
  readonly records: readonly KafkaRecord[];
  readonly next: Offset;
  /** The size of the response after decompression, in bytes. */
  readonly bytes: number;
  /** Requested offsets that were skipped. */
  readonly skipped?: SkippedOffsets;
}

/** A stretch of a partition, `from` inclusive and `to` exclusive, that could not be read. */
export interface SkippedOffsets {
  readonly from: Offset;
  readonly to: Offset;
  /** Retention deleted it meanwhile, the proxy kept sending no records, or it never responds. */
  readonly reason: 'retention' | 'empty' | 'unreadable';
}

/**
 * The abilities of a dialect, or of this cluster. The user interface checks them first, and
 * explains why something is missing instead of offering it. The methods of abilities beyond the
 * common part are optional, and there where the ability is. A dialect that only learns from its
 * server what that offers may have fewer abilities after a call than before.
 */
export interface Capabilities {
  /**
   * Whether the metadata lags behind: for up to half a minute, a topic that was just created may be
   * missing from `topics`, and `not-found`.
   */
  readonly metadataLags: boolean;
  /**
   * Whether `partitions` takes many small requests, so that it is called only when a person asks.
   */
  readonly probes?: boolean;
  /** Whether `brokers` returns the brokers. */
  readonly brokers: boolean;
  readonly createTopic: { readonly properties: boolean } | false;
  readonly produce:
    | {
        readonly headers: boolean;
        readonly timestamp: boolean;
        readonly tombstone: boolean;
        /** Whether bytes that are not UTF-8 survive. */
        readonly binary: boolean;
        /** Whether a record without a key gets an empty one. Missing: it has none. */
        readonly emptyKeys?: boolean;
        /** The limits of one call. */
        readonly maxBatchBytes: number;
        readonly maxBatchRecords: number;
      }
    | false;
  readonly read:
    | {
        readonly headers: boolean;
        readonly timestamp: boolean;
        /** Whether `offsetAtTime` is there. Missing: it is not. */
        readonly offsetAtTime?: boolean;
      }
    | false;
  /** Whether `topicProperties` returns the configuration of a topic. */
  readonly topicProperties: boolean;
  /** Whether `consumerGroups`, `groupMembers` and `groupPositions` are there. */
  readonly groups: boolean;
  readonly deleteTopic: boolean;
  /** Whether `alterTopic` is there. Implies `topicProperties`. */
  readonly alterTopic: boolean;
  readonly addPartitions: boolean;
}

export interface CallOptions {
  /** Aborting rejects the call with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface PartitionOptions extends CallOptions {
  /**
   * Returns an offset that a partition probably holds. It helps a dialect that can only find the
   * offsets by trying.
   */
  readonly near?: (partition: number) => Offset | undefined;
}

/**
 * A cluster to read from, through one dialect of a Kafka REST proxy. Every failure is a
 * `KafkaError`, except the reason of an aborted signal. A call that `capabilities` rules out
 * rejects with kind `unsupported`.
 */
export interface ReadingProxy {
  readonly capabilities: Capabilities;
  brokers(options?: CallOptions): Promise<readonly Broker[]>;
  /** All topics, sorted by name. */
  topics(options?: CallOptions): Promise<readonly Topic[]>;
  /** All partitions of a topic, sorted by id. Rejects with `not-found` for an unknown topic. */
  partitions(topic: string, options?: PartitionOptions): Promise<readonly Partition[]>;
  /** Returns one partition. Rejects as `partitions` does, also for an unknown partition. */
  partition(topic: string, id: number, options?: PartitionOptions): Promise<Partition>;
  /**
   * Reads one range of one partition, page by page. Each page is requested when the consumer asks
   * for it, or earlier as `flow.ahead` allows. Ends at `until`. Where the log has gaps, `next`
   * jumps; a page may be empty. Leaves nothing on the server, however it ends.
   */
  read(range: PartitionRange, flow?: ReadFlow): AsyncIterable<RecordPage>;
  /**
   * Returns the first offset of a partition whose record has this timestamp (epoch milliseconds) or
   * a later one; `undefined` if there is none. Missing: the dialect cannot look up offsets, so the
   * reader searches.
   */
  offsetAtTime?(
    topic: string,
    partition: number,
    time: number,
    options?: CallOptions,
  ): Promise<Offset | undefined>;
  /** Resolves if the topic could be created, creating nothing; rejects as `createTopic` would. */
  checkTopic?(topic: NewTopic, options?: CallOptions): Promise<void>;
  /** The properties of a topic, sorted by name. */
  topicProperties?(topic: string, options?: CallOptions): Promise<readonly TopicProperty[]>;
  /** All consumer groups, sorted by id. */
  consumerGroups?(options?: CallOptions): Promise<readonly ConsumerGroup[]>;
  /** The members of a group, sorted by id. Rejects with kind `not-found` for an unknown group. */
  groupMembers?(group: string, options?: CallOptions): Promise<readonly GroupMember[]>;
  /**
   * Returns the position of a group in each partition for which it has committed an offset, sorted
   * by topic and partition. Rejects with kind `not-found` for an unknown group.
   */
  groupPositions?(group: string, options?: CallOptions): Promise<readonly GroupPosition[]>;
  /** Closes idle connections and whatever the dialect keeps open on the server. */
  dispose(): Promise<void>;
}

/** A cluster to read from and to write to. It fails as `ReadingProxy` does. */
export interface KafkaProxy extends ReadingProxy {
  /**
   * Resolves when the proxy has accepted the request. The topic is there at once, unless
   * `metadataLags`.
   */
  createTopic(topic: NewTopic, options?: CallOptions): Promise<void>;
  /** Rejects with kind `not-found` for an unknown topic. */
  deleteTopic?(topic: string, options?: CallOptions): Promise<void>;
  /** Changes the given properties and no others. */
  alterTopic?(
    topic: string,
    changes: readonly TopicPropertyChange[],
    options?: CallOptions,
  ): Promise<void>;
  /** Adds partitions until there are `total`. Rejects with kind `rejected` unless that is more. */
  addPartitions?(topic: string, total: number, options?: CallOptions): Promise<void>;
  /**
   * Does ahead what takes time before records are sent. It helps a `produce` that is then called
   * with the same array, which must not have changed.
   */
  prepare?(records: readonly NewRecord[]): void;
  /**
   * Sends the records in one call, which must respect `capabilities.produce`. Never repeats a
   * request that may have been processed. Returns one result for each record. Rejects only if
   * certainly nothing was written.
   */
  produce(
    topic: string,
    records: readonly NewRecord[],
    options?: CallOptions,
  ): Promise<readonly ProduceResult[]>;
}
