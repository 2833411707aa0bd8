/** The partitions of topics. Types only, as in `kafka.ts`, whose `Offset` stands as `bigint` here. */

/** A partition without its offsets. */
export interface PartitionFacts {
  readonly id: number;
  /**
   * The id of the leading broker; `null` while the partition has none. Missing: the dialect does
   * not say.
   */
  readonly leader?: number | null;
  /** Broker ids, preferred leader first. Empty if the dialect does not say. */
  readonly replicas: readonly number[];
  /** Broker ids of the in-sync replicas. Empty if the dialect does not say. */
  readonly isr: readonly number[];
}

/** The ends of a log. `latest` is the offset that the next record will get: Kafka's end offset. */
export interface LogEnds {
  readonly earliest: bigint;
  readonly latest: bigint;
}

/** A partition whose offsets are known. */
export type BoundedPartition = PartitionFacts & LogEnds;

/** One partition. Both offsets are missing if the dialect cannot find them. */
export type Partition =
  | BoundedPartition
  | (PartitionFacts & { readonly earliest?: undefined; readonly latest?: undefined });
