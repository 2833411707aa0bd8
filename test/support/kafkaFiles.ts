import assert from 'node:assert/strict';
import type { TextEdit } from 'vscode-languageserver-types';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { TimeContext } from '../../src/core/time/parse';
import type { Catalog } from '../../src/language/catalog';
import type { CatalogSource } from '../../src/language/catalogCache';
import type { ConsumerBlock, KafkaFile, ProducerBlock } from '../../src/kafkaFile/file';
import { parse } from '../../src/kafkaFile/parser';
import type { ClusterInfo, FileState, PartitionInfo, TopicInfo } from '../../src/language/protocol';

/** Returns a text and the offset of the caret, marked by `|`, such as in `'CONS|UMER\n'`. */
export function caret(marked: string): { file: KafkaFile; offset: number; text: string } {
  const offset = marked.indexOf('|');
  assert.notEqual(offset, -1, 'a caret');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return { file: parse(text), offset, text };
}

export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create('', '', 0, text), [...edits]);
}

/** Returns the only block of a text, a PRODUCER. */
export function producer(text: string): ProducerBlock {
  const { blocks } = parse(text);
  assert.equal(blocks.length, 1);
  const [block] = blocks;
  assert.equal(block?.kind, 'producer');
  return block;
}

/** Returns the only block of a text, a CONSUMER. */
export function consumer(text: string): ConsumerBlock {
  const { blocks } = parse(text);
  assert.equal(blocks.length, 1);
  const [block] = blocks;
  assert.equal(block?.kind, 'consumer');
  return block;
}

/** A fixed moment for relative times, in UTC. */
export const CLOCK: TimeContext = { now: Date.parse('2026-11-22T15:51:12Z'), zone: 'utc' };

/** The capabilities of HDInsight's proxy. */
export const HDINSIGHT: ClusterInfo['capabilities'] = {
  read: { headers: false, timestamp: true },
  produce: {
    headers: false,
    timestamp: false,
    tombstone: true,
    binary: false,
    maxBatchBytes: 1_000_000,
    maxBatchRecords: 1000,
  },
};

/** The capabilities of a proxy that carries everything. */
export const CAPABLE: ClusterInfo['capabilities'] = {
  read: { headers: true, timestamp: true },
  produce: {
    headers: true,
    timestamp: true,
    tombstone: true,
    binary: true,
    maxBatchBytes: 1_000_000,
    maxBatchRecords: 1000,
  },
};

/** The part of a catalog that knows nothing of schemas. */
export const NO_SCHEMAS = {
  schema: () => undefined,
  subjects: () => undefined,
  versions: () => undefined,
  schemaFiles: () => undefined,
} as const satisfies Partial<Catalog>;

/** The part of a source that does not find out anything about schemas. */
export const NO_SCHEMA_SOURCE = {
  schema: () => Promise.resolve(null),
  subjects: () => Promise.resolve(null),
  versions: () => Promise.resolve(null),
  schemaFiles: () => Promise.resolve(null),
} as const satisfies Partial<CatalogSource>;

/** Returns a catalog that knows the clusters `hdi` (chosen) and `other`, and the given topics. */
export function catalog(
  state: Partial<FileState> = {},
  topics: readonly TopicInfo[] = [{ name: 'orders', partitionCount: 3 }, { name: 'iot-readings' }],
  partitions: readonly PartitionInfo[] = [{ id: 0, earliest: '5', latest: '9007199254740993' }],
): Catalog {
  return {
    state: {
      clusters: [
        { name: 'hdi', capabilities: HDINSIGHT, protection: 'none' },
        { name: 'other', capabilities: CAPABLE, protection: 'none' },
      ],
      chosen: 'hdi',
      trusted: true,
      codeLens: true,
      templates: { enabled: true, locale: 'en' },
      zone: 'utc',
      running: [],
      ...state,
    },
    topics: () => topics,
    partitions: () => partitions,
    ...NO_SCHEMAS,
  };
}
