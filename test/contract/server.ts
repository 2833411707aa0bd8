import type { KafkaProxy, NewRecord, Offset } from '../../src/core/kafka';

/** A record as Kafka stores it. Text and bytes with the same content count as equal. */
export interface StoredRecord extends NewRecord {
  readonly partition: number;
  readonly offset: Offset;
}

/** A way in which a request fails. */
export type ServerFault =
  /** Nobody accepts a connection. */
  | 'refused'
  /** The server processes the request, and then the connection breaks without a response. */
  | 'cutOff'
  /** The server processes the request and never responds. */
  | 'hang'
  /** The token is rejected. */
  | 'unauthorized'
  | 'forbidden'
  /** Not processed: too many requests. */
  | 'throttled'
  /** 503; the client cannot know whether the request was processed. */
  | 'unavailable'
  /** 200, with a body that does not follow the API. */
  | 'nonsense';

/** Which requests a fault affects: all of them, or only those that change the cluster. */
export interface FaultOptions {
  readonly on?: 'all' | 'write';
  /** The number of requests; default: all. */
  readonly times?: number;
}

export interface TopicOptions {
  readonly partitions?: number;
  /** The offset of the first record of each partition; default 0. */
  readonly firstOffset?: Offset;
}

/** A server to test a dialect on, with methods that bypass its API. */
export interface ContractServer {
  /** Opens a client as the extension does. `retries` is the maximum number of further attempts. */
  open(options: { readonly retries: number }): KafkaProxy;
  /** Makes a topic that is visible at once. */
  makeTopic(name: string, options?: TopicOptions): Promise<void>;
  /** Appends records to a log; each names its partition, or goes to partition 0. */
  append(topic: string, records: readonly NewRecord[]): Promise<void>;
  /** The records of all partitions, in the order of partition and offset. */
  stored(topic: string): Promise<readonly StoredRecord[]>;
  /** Removes records from partition 0, as compaction does. */
  compact(topic: string, offsets: readonly Offset[]): Promise<void>;
  /** Moves `earliest` of partition 0 forward, as retention does. */
  trim(topic: string, earliest: Offset): Promise<void>;
  /**
   * Commits an offset of partition 0 for a consumer group. Missing if the dialect has no groups.
   */
  commit?(group: string, topic: string, offset: Offset): Promise<void>;
  /** Makes requests fail from now on. */
  break(fault: ServerFault, options?: FaultOptions): Promise<void>;
  /** Makes requests succeed again. */
  mend(): Promise<void>;
  /** The API requests so far, in order, and whether each of them writes. */
  readonly requests: readonly { readonly name: string; readonly writes: boolean }[];
  /** Resolves once that many requests have arrived. */
  arrived(count: number): Promise<void>;
  /** The names of what clients keep on the server now: consumer instances, groups, connections. */
  readonly kept: readonly string[];
  /**
   * Resolves once the server holds nothing else; rejects if it is clear that this will not happen.
   */
  keepsOnly(kept: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}
