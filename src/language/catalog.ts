import type { TimeContext } from '../core/time/parse';
import type {
  ClusterInfo,
  FileState,
  PartitionInfo,
  SchemaAnswer,
  SchemaQuery,
  TopicInfo,
} from './protocol';
import type { Block, KafkaFile } from '../kafkaFile/file';

/**
 * Everything that features may know besides the text, as known at this moment. Nothing here waits.
 */
export interface Catalog {
  readonly state: FileState;
  /** `undefined` if they are not known, or not yet. */
  topics(cluster: string): readonly TopicInfo[] | undefined;
  /** `undefined` if they are not known, or not yet. */
  partitions(cluster: string, topic: string): readonly PartitionInfo[] | undefined;
  /** What can be written in a format; `undefined` if it is not known, or not yet. */
  schema(query: SchemaQuery): SchemaAnswer | undefined;
  subjects(cluster: string): readonly string[] | undefined;
  versions(cluster: string, subject: string): readonly number[] | undefined;
  /** The paths of schema files, relative to the document. */
  schemaFiles(): readonly string[] | undefined;
}

/** The defaults until the extension sends the real state. */
export const UNKNOWN_STATE: FileState = {
  clusters: [],
  trusted: false,
  codeLens: false,
  templates: { enabled: true, locale: 'en' },
  zone: 'local',
  running: [],
};

/** Returns the moment and time zone by which the times of blocks are understood now. */
export function timeContextOf({ state: { zone } }: Catalog): TimeContext {
  return { now: Date.now(), zone };
}

/** Returns the name of a block's cluster if it is known: named in the file or picked for it. */
export function clusterNameOf(file: KafkaFile, block: Block, catalog: Catalog): string | undefined {
  return file.clusterOf(block)?.value.text ?? catalog.state.chosen;
}

/** Returns the cluster of a block if it is known. */
export function clusterOf(
  file: KafkaFile,
  block: Block,
  catalog: Catalog,
): ClusterInfo | undefined {
  const wanted = clusterNameOf(file, block, catalog);
  return catalog.state.clusters.find(({ name }) => name === wanted);
}

/** Returns the topics of a block's cluster if they are known. */
export function topicsFor(
  file: KafkaFile,
  block: Block,
  catalog: Catalog,
): readonly TopicInfo[] | undefined {
  const cluster = clusterOf(file, block, catalog);
  return cluster && catalog.topics(cluster.name);
}
