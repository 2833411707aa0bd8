import type { KafkaRecord, NewRecord } from '../core/kafka';
import type { BackendMember } from './backend';
import { recordJson } from './faces/hdinsight/responseJson';
import type { RequestLogEntry } from './http';
import { Cluster, type TopicLayout } from './memory/cluster';
import { fillTopic, type FilledTopic } from './memory/filledTopic';
import type { TransactionEnd } from './memory/log';
import { MemoryBackend } from './memory/memoryBackend';
import { type FaceKind, faces } from './faces/faces';
import { addByteSamples } from './memory/byteSamples';
import { addSamples } from './memory/samples';
import { addSchemaSamples } from './registry/samples/addSchemaSamples';
import { SchemaStore } from './registry/schemaStore';
import {
  type EmulatorInfo,
  serve,
  type Served,
  type ServedRegistry,
  type ServeOptions,
} from './serve';

export { type FaceName, faceNames, faces } from './faces/faces';
export type { EmulatorInfo, FilledTopic, RequestLogEntry, Served, ServeOptions, TopicLayout };

export interface EmulatorOptions extends Omit<ServeOptions, 'registry'> {
  /**
   * How clients sign in to the schema registry that is served beside the REST proxy; default: not at
   * all. `false`: there is none.
   */
  readonly registry?: Omit<ServedRegistry, 'store'> | false | undefined;
  /** Whether to begin with the sample topics; default true. */
  readonly samples?: boolean | undefined;
  /** Topics filled with records of an exact size. */
  readonly topics?: readonly FilledTopic[] | undefined;
  /** Milliseconds until a topic created through the API is visible; default 0. */
  readonly metadataDelay?: number | undefined;
  /** The maximum number of records that a partition keeps; default: no limit. */
  readonly retention?: number | undefined;
  /** The limit for topics without `max.message.bytes`, in bytes; default: none. */
  readonly maxMessageBytes?: number | undefined;
}

/** A running emulator. The methods change topics and partitions without going through the API. */
export interface Emulator extends Served {
  /** The schemas of its registry, also if that is not served. */
  readonly schemas: SchemaStore;
  /** Creates a topic, visible at once. */
  readonly createTopic: (layout: TopicLayout) => void;
  /** Appends records, which may be tombstones and have any timestamps. */
  readonly append: (topic: string, records: readonly NewRecord[]) => void;
  /** Counts the topics, and the records in all of them. */
  readonly totals: () => { readonly topics: number; readonly records: number };
  /** The records of a partition in the JSON of the REST API, in offset order. */
  readonly records: (topic: string, partition: number) => readonly string[];
  /** The records of a partition as they are stored, in offset order. */
  readonly stored: (topic: string, partition: number) => readonly KafkaRecord[];
  /**
   * Appends the records of a transaction, and returns a function that ends it: their partitions get
   * its mark.
   */
  readonly transact: (
    topic: string,
    records: readonly NewRecord[],
  ) => (end: TransactionEnd) => void;
  /** Takes the leader of a partition away, or gives it one. */
  readonly setLeaderless: (topic: string, partition: number, isLeaderless: boolean) => void;
  /** Moves `earliest` forward, as retention does. */
  readonly trim: (topic: string, partition: number, earliest: bigint) => void;
  /** Removes records, as compaction does. */
  readonly punch: (topic: string, partition: number, offsets: Iterable<bigint>) => void;
  /** Commits an offset for a consumer group, which is created if it does not exist. */
  readonly commit: (group: string, topic: string, partition: number, offset: bigint) => void;
  /** Adds a member to a consumer group, which is created if it does not exist. */
  readonly join: (group: string, member: BackendMember) => void;
  /** The properties that a topic has set, by name. */
  readonly properties: (topic: string) => ReadonlyMap<string, string>;
}

/**
 * Starts the emulator on 127.0.0.1. Rejects if the port is taken or the CA file cannot be written.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { registry = {}, ...rest } = options;
  const cluster = new Cluster(options);
  const schemas = new SchemaStore();
  if (options.samples ?? true) {
    const now = Date.now();
    addSamples(cluster, now);
    const kind: FaceKind = faces[options.face ?? 'hdinsight'];
    if (!kind.isText) addByteSamples(cluster, now);
    if (registry) addSchemaSamples(cluster, schemas, { now, isText: kind.isText ?? false });
  }
  for (const topic of options.topics ?? []) fillTopic(cluster, topic, Date.now());
  const served = await serve(new MemoryBackend(cluster), {
    ...rest,
    ...(registry && { registry: { ...registry, store: schemas } }),
  });
  return { ...served, schemas, ...behindTheApi(cluster) };
}

function behindTheApi(cluster: Cluster): Omit<Emulator, keyof Served | 'schemas'> {
  const stored = (topic: string, partition: number): readonly KafkaRecord[] => {
    const log = cluster.log(topic, partition);
    return log.read(log.earliest, { count: Infinity, maxBytes: Infinity }).records;
  };
  return {
    createTopic: (layout) => {
      cluster.create(layout);
    },
    append: (topic, records) => {
      cluster.append(cluster.existing(topic), records);
    },
    totals: () => {
      const { topics } = cluster;
      const sizes = topics.flatMap(({ partitions }) => partitions.map(({ log }) => log.size));
      return { topics: topics.length, records: sizes.reduce((sum, size) => sum + size, 0) };
    },
    records: (topic, partition) => stored(topic, partition).map(recordJson),
    stored,
    transact: (topic, records) => cluster.transact(cluster.existing(topic), records),
    setLeaderless: (topic, partition, isLeaderless) => {
      cluster.partition(topic, partition).isLeaderless = isLeaderless;
    },
    trim: (topic, partition, earliest) => {
      cluster.log(topic, partition).trim(earliest);
    },
    punch: (topic, partition, offsets) => {
      cluster.log(topic, partition).punch(offsets);
    },
    commit: (group, topic, partition, offset) => {
      cluster.groups.commit(group, topic, partition, offset);
    },
    join: (group, member) => {
      cluster.groups.join(group, member);
    },
    properties: (topic) => cluster.existing(topic).properties,
  };
}
