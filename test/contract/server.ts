import type { KafkaProxy, NewRecord, Offset } from '../../src/core/kafka';

/** A record as Kafka holds it. Texts and bytes that say the same are the same. */
export interface StoredRecord extends NewRecord {
  readonly partition: number;
  readonly offset: Offset;
}

/** What goes wrong with a request. */
export type ServerFault =
  /** Nobody accepts a connection. */
  | 'refused'
  /** The server processes the request, and then the connection breaks without a response. */
  | 'cutOff'
  /** The server processes the request and never responds. */
  | 'hang'
  /** The token is not accepted. */
  | 'unauthorized'
  | 'forbidden'
  /** Not processed: too many requests. */
  | 'throttled'
  /** Perhaps processed, as far as a client can know: 503. */
  | 'unavailable'
  /** 200, with a body that the API does not promise. */
  | 'nonsense';

/** What a fault befalls: whatever comes, or only what changes the cluster. */
export interface FaultOptions {
  readonly on?: 'all' | 'write';
  /** How many requests; default: all that come. */
  readonly times?: number;
}

export interface TopicOptions {
  readonly partitions?: number;
  /** The offset of the first record of each partition; default 0. */
  readonly firstOffset?: Offset;
}

/** A server that a dialect is tried on, and what is done to it past its API. */
export interface ContractServer {
  /** A client, as the extension opens one. `retries` is how often an attempt that failed is repeated. */
  open(options: { readonly retries: number }): KafkaProxy;
  /** Makes a topic that is visible at once. */
  makeTopic(name: string, options?: TopicOptions): Promise<void>;
  /** Appends records to a log; each names its partition, or goes to partition 0. */
  append(topic: string, records: readonly NewRecord[]): Promise<void>;
  /** The records of all partitions, in the order of partition and offset. */
  stored(topic: string): Promise<readonly StoredRecord[]>;
  /** Takes records out of partition 0, as compaction does. */
  compact(topic: string, offsets: readonly Offset[]): Promise<void>;
  /** Moves `earliest` of partition 0 on, as retention does. */
  trim(topic: string, earliest: Offset): Promise<void>;
  /** Commits an offset of partition 0 for a consumer group; missing: the dialect knows no groups. */
  commit?(group: string, topic: string, offset: Offset): Promise<void>;
  /** Has requests go wrong from now on. */
  break(fault: ServerFault, options?: FaultOptions): Promise<void>;
  /** Has requests go right again. */
  mend(): Promise<void>;
  /** The requests so far that the API is asked with, in order; tells which of them write. */
  readonly requests: readonly { readonly name: string; readonly writes: boolean }[];
  /** Resolves once so many requests have come. */
  arrived(count: number): Promise<void>;
  /** What clients keep on the server now: consumer instances, groups, connections; one name each. */
  readonly kept: readonly string[];
  /** Resolves once the server keeps no more than that; rejects if it is clear that it will not. */
  keepsOnly(kept: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}
