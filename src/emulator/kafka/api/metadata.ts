import type { Broker } from '../../../core/kafka';
import type { BackendPartition } from '../../backend';
import { check, type Api } from './api';

export interface TopicMetadata {
  /** Kafka's error code; 0 for none. */
  readonly code: number;
  readonly name: string;
  readonly isInternal: boolean;
  /** Sorted by id. */
  readonly partitions: readonly BackendPartition[];
}

export interface Metadata {
  /** Sorted by id. */
  readonly brokers: readonly Required<Pick<Broker, 'id' | 'host' | 'port'>>[];
  /** The id of the broker that takes requests to change the cluster; -1 if there is none. */
  readonly controller: number;
  readonly topics: readonly TopicMetadata[];
}

/** Asks for some topics, or for all. */
export const metadata: Api<readonly string[] | null, Metadata> = {
  name: 'Metadata',
  key: 3,
  version: 7,
  write: (writer, topics) =>
    writer
      .array(topics, (topic) => writer.string(topic))
      // A topic that is only looked at must not be created.
      .boolean(false),
  read: (reader) => {
    // For how long the broker throttles us, in milliseconds; it delays its response itself.
    reader.int32();
    const brokers = reader.array(() => {
      const broker = { id: reader.int32(), host: reader.string(), port: reader.int32() };
      const rack = reader.nullableString();
      return { ...broker, ...(rack !== null && { rack }) };
    });
    // The id of the cluster.
    reader.nullableString();
    const controller = reader.int32();
    const topics = reader.array(() => ({
      code: reader.int16(),
      name: reader.string(),
      isInternal: reader.boolean(),
      partitions: reader
        .array(() => {
          // An error here says what the leader says too.
          reader.int16();
          const id = reader.int32();
          const leader = reader.int32();
          // The epoch of the leader.
          reader.int32();
          const replicas = reader.array((each) => each.int32());
          const isr = reader.array((each) => each.int32());
          // The replicas that are offline.
          reader.array((each) => each.int32());
          return { id, leader: leader < 0 ? null : leader, replicas, isr };
        })
        .sort((a, b) => a.id - b.id),
    }));
    return { brokers: brokers.sort((a, b) => a.id - b.id), controller, topics };
  },
};

/** Returns the newest version of each kind of request that the broker knows, by key. */
export const apiVersions: Api<undefined, ReadonlyMap<number, number>> = {
  name: 'ApiVersions',
  key: 18,
  version: 0,
  write: () => undefined,
  read: (reader) => {
    check(reader.int16());
    const ranges = reader.array(() => {
      const key = reader.int16();
      // The oldest version.
      reader.int16();
      return [key, reader.int16()] as const;
    });
    return new Map(ranges);
  },
};

/** Asks for the broker that coordinates a consumer group. */
export const findCoordinator: Api<string, number> = {
  name: 'FindCoordinator',
  key: 10,
  version: 2,
  // The type 0 is that of consumer groups.
  write: (writer, group) => writer.string(group).int8(0),
  read: (reader) => {
    reader.int32();
    check(reader.int16(), reader.nullableString());
    return reader.int32();
  },
};
