/**
 * The domain: what a Kafka cluster behind a REST proxy is made of, and what every dialect of such a
 * proxy offers. Types only, so that both sides of the wire (client and emulator) may share them.
 */

import type { Limiter } from './async/limiter';

/** A position in a partition. A 64-bit number in Kafka, so never a JavaScript `number`. */
export type Offset = bigint;

/** A broker of the cluster. A proxy that gives ids only leaves the rest out. */
export interface Broker {
  readonly id: number;
  readonly host?: string;
  readonly port?: number;
  readonly rack?: string;
}

/** What a list of topics tells about each; some dialects know more than the name. */
export interface Topic {
  readonly name: string;
  readonly internal?: boolean;
  readonly partitionCount?: number;
}

/** One partition. `latest` is the offset that the next record will get, as Kafka's end offset. */
export interface Partition {
  readonly id: number;
  readonly earliest: Offset;
  readonly latest: Offset;
  /** The id of the leading broker; `null` while the partition has none. */
  readonly leader: number | null;
  /** Broker ids, preferred leader first. */
  readonly replicas: readonly number[];
  /** Broker ids of the in-sync replicas. */
  readonly isr: readonly number[];
}

/** A key or value: text where the proxy deals in text, bytes where it deals in bytes. */
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

/** A record to produce. What a dialect cannot carry (see `Capabilities`) is refused before sending. */
export interface NewRecord {
  /** `null` or missing: no key, so the proxy's partitioner spreads the records. */
  readonly key?: Payload | null;
  readonly value: Payload | null;
  /** Missing: the partitioner chooses. */
  readonly partition?: number;
  readonly headers?: readonly RecordHeader[];
  /** Epoch milliseconds. */
  readonly timestamp?: number;
}

/** What became of one record, in the order in which the records were given. */
export type ProduceResult =
  /** Written. Where to is told only by proxies that say so. */
  | { readonly status: 'accepted'; readonly partition?: number; readonly offset?: Offset }
  /** Certainly not written. */
  | { readonly status: 'refused'; readonly detail: string }
  /** Timed out or cut off after sending: may have been written. */
  | { readonly status: 'unclear'; readonly detail: string };

export interface NewTopic {
  readonly name: string;
  /** Missing: the cluster's default. */
  readonly partitionCount?: number;
  readonly replicationFactor?: number;
  /** Topic properties such as `retention.ms`. */
  readonly properties?: Readonly<Record<string, string>>;
}

/** A range of one partition to read: `from` inclusive, `until` exclusive. */
export interface RangeRequest {
  readonly topic: string;
  readonly partition: number;
  readonly from: Offset;
  readonly until: Offset;
  /** About how large a page should be, in bytes of the proxy's answer. A hint, not a limit. */
  readonly pageBytes?: number;
  /** How large a page may be where the line is slow, so that fewer are waited for; missing: `pageBytes`. */
  readonly maxPageBytes?: number;
  /** How many pages to ask for before they are wanted; missing: none. */
  readonly ahead?: number;
  /** Ahead of a page that is larger no other is asked for, in bytes; missing: no limit. */
  readonly maxAheadBytes?: number;
  /** How many records are still wanted, so that no more are asked for ahead; missing: all. */
  readonly wanted?: () => number;
  /** What each call goes through, to bound how many are under way; missing: nothing. */
  readonly limiter?: Limiter;
}

/** Some records of a range, in offset order, and the offset at which the next page begins. */
export interface RecordPage {
  readonly records: readonly KafkaRecord[];
  readonly next: Offset;
  /** Bytes of the answer as it came over the wire, unpacked. */
  readonly bytes: number;
  /** Offsets that were passed over although the range asked for them. */
  readonly skipped?: SkippedOffsets;
}

/** A stretch of a partition, `from` inclusive and `to` exclusive, that could not be read. */
export interface SkippedOffsets {
  readonly from: Offset;
  readonly to: Offset;
  /** Retention deleted it during the read, or the proxy kept on answering with no records. */
  readonly reason: 'retention' | 'empty';
}

/**
 * What a dialect, or this cluster, can do. The interface asks here first, and says *why* something
 * is missing instead of offering it.
 */
export interface Capabilities {
  readonly brokers: 'full' | 'ids' | 'none';
  /** Whether `partitions` gives earliest and latest offsets. */
  readonly partitionOffsets: boolean;
  readonly createTopic: { readonly properties: boolean } | false;
  readonly produce:
    | {
        readonly headers: boolean;
        readonly timestamp: boolean;
        readonly tombstone: boolean;
        /** Whether bytes that are not UTF-8 survive. */
        readonly binary: boolean;
        /** The most that one call may carry. */
        readonly maxBatchBytes: number;
        readonly maxBatchRecords: number;
      }
    | false;
  readonly read:
    | { readonly headers: boolean; readonly timestamp: boolean; readonly byTimestamp: boolean }
    | false;
}

export interface CallOptions {
  /** Aborting rejects the call with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * A cluster to read from, seen through one dialect of a Kafka REST proxy. All failures are
 * `KafkaError`s, but for the reason of an aborted signal. A call that `capabilities` rules out rejects
 * with kind `unsupported`.
 */
export interface ReadingProxy {
  readonly capabilities: Capabilities;
  brokers(options?: CallOptions): Promise<readonly Broker[]>;
  /** All topics, sorted by name. */
  topics(options?: CallOptions): Promise<readonly Topic[]>;
  /** All partitions of a topic, sorted by id. */
  partitions(topic: string, options?: CallOptions): Promise<readonly Partition[]>;
  partition(topic: string, id: number, options?: CallOptions): Promise<Partition>;
  /**
   * Reads one range of one partition, page by page, each fetched when asked for or, as far as `ahead`
   * says, before. Ends at `until`.
   * Where the log has gaps, `next` jumps; a page may be empty. Leaves no trace on the cluster.
   */
  read(range: RangeRequest, options?: CallOptions): AsyncIterable<RecordPage>;
  /** Ends idle connections and what the dialect keeps open on the server. */
  dispose(): Promise<void>;
}

/** A cluster to read from and to write to. Failures are those of `ReadingProxy`. */
export interface KafkaProxy extends ReadingProxy {
  /** Resolves when the proxy accepted the request; its metadata may lag behind (see each dialect). */
  createTopic(topic: NewTopic, options?: CallOptions): Promise<void>;
  /**
   * Sends the records in one call, which must respect `capabilities.produce`, and never sends a body
   * twice that may have been processed. Returns one result a record. Rejects only if certainly
   * nothing was written.
   */
  produce(
    topic: string,
    records: readonly NewRecord[],
    options?: CallOptions,
  ): Promise<readonly ProduceResult[]>;
}
