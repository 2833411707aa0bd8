/** What some dialects tell and change besides the common part. Types only, as in `kafka.ts`,
 * whose `Offset` stands as `bigint` here. */

/** A property of a topic, such as `retention.ms`. */
export interface TopicProperty {
  readonly name: string;
  /** `null`: not set, or not shown because it is sensitive. */
  readonly value: string | null;
  /** Whether it is the cluster's default; missing: the dialect does not say. */
  readonly isDefault?: boolean;
  readonly isReadOnly?: boolean;
  readonly isSensitive?: boolean;
}

/** A change of one property of a topic; `null` restores the cluster's default. */
export interface TopicPropertyChange {
  readonly name: string;
  readonly value: string | null;
}

export interface ConsumerGroup {
  readonly id: string;
  /** Kafka's name of the state, such as `STABLE`; missing: the dialect does not give it. */
  readonly state?: string;
}

/** A client in a consumer group. */
export interface GroupMember {
  readonly id: string;
  readonly clientId?: string;
  readonly host?: string;
}

/** How far a consumer group has come in one partition. */
export interface GroupPosition {
  readonly topic: string;
  readonly partition: number;
  /** The offset from which the group continues. */
  readonly current: bigint;
  /** The offset that the next record will get. */
  readonly end: bigint;
  /** The member that reads the partition; missing: none, or the dialect does not say. */
  readonly member?: string;
}
