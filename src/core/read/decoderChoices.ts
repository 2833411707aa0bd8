import { namesFile, parseFormat, type PayloadFormat, type RecordFormats } from '../message/codec';
import { map, object, optional, type Schema, string } from '../schema';
import { glob } from '../text/glob';

/** The value of the setting `kafkaRest.decoders` in one place, the nearest first. */
export interface DecoderLayer {
  readonly scope: 'user' | 'workspace' | 'folder';
  readonly value: unknown;
  /** Whether its formats may name files. */
  readonly mayNameFiles: boolean;
}

export type DecoderField = 'cluster' | 'topic' | 'key' | 'value';

/** An entry of the setting that is ignored, and why. */
export interface InvalidDecoder {
  readonly scope: DecoderLayer['scope'];
  /** Missing: the setting is no list. */
  readonly index?: number;
  /** Missing: the entry as a whole. */
  readonly field?: DecoderField;
  readonly problem: 'not-a-list' | 'not-an-entry' | 'not-a-glob' | 'not-a-format' | 'file' | 'many';
}

/** Finds the formats of a topic. A missing part has none in the setting. */
export type FindFormats = (cluster: string, topic: string) => Partial<RecordFormats>;

export interface ReadDecoders {
  readonly find: FindFormats;
  readonly invalid: readonly InvalidDecoder[];
}

/** The format of messages for which nothing else is chosen: it is guessed. */
export const GUESSED: PayloadFormat = { kind: 'auto', argument: '' };

/** How many entries of one place count, because each is tried for each read. */
const MAX_ENTRIES = 500;

interface Choice extends Partial<RecordFormats> {
  readonly matches: (cluster: string, topic: string) => boolean;
}

/**
 * Reads the setting from all places where it may stand. For key and value each, the first entry of
 * the nearest place counts that matches cluster and topic and names a format.
 */
export function readDecoders(layers: readonly DecoderLayer[]): ReadDecoders {
  const choices: Choice[] = [];
  const invalid: InvalidDecoder[] = [];
  for (const layer of layers) {
    const { scope, value } = layer;
    if (value === undefined || value === null) continue;
    if (!Array.isArray(value)) {
      invalid.push({ scope, problem: 'not-a-list' });
      continue;
    }
    const entries: readonly unknown[] = value;
    if (entries.length > MAX_ENTRIES) invalid.push({ scope, index: MAX_ENTRIES, problem: 'many' });
    entries.slice(0, MAX_ENTRIES).forEach((entry, index) => {
      const read = readEntry(entry, layer);
      if ('matches' in read) choices.push(read);
      else invalid.push({ scope, index, ...read });
    });
  }
  return { find: (cluster, topic) => formatsIn(choices, cluster, topic), invalid };
}

function formatsIn(
  choices: readonly Choice[],
  cluster: string,
  topic: string,
): Partial<RecordFormats> {
  const matching = choices.filter(({ matches }) => matches(cluster, topic));
  const key = matching.find((choice) => choice.key)?.key;
  const value = matching.find((choice) => choice.value)?.value;
  return { ...(key && { key }), ...(value && { value }) };
}

const pattern: Schema<(name: string) => boolean> = map(string, (text) =>
  text.trim() === '' ? undefined : glob(text),
);
const format: Schema<PayloadFormat> = map(string, (text) => {
  const read = parseFormat(text);
  return typeof read === 'string' ? undefined : read;
});
const entrySchema = object({
  cluster: optional(pattern),
  topic: optional(pattern),
  key: optional(format),
  value: optional(format),
});
const anyEntry = object({});

type Problem = Pick<InvalidDecoder, 'field' | 'problem'>;

function readEntry(entry: unknown, { mayNameFiles }: DecoderLayer): Choice | Problem {
  const read = entrySchema(entry);
  if (!read) return problemOf(entry);
  const { cluster, topic, key, value } = read;
  if (!key && !value) return { problem: 'not-an-entry' };
  if (!mayNameFiles && key && namesFile(key)) return { field: 'key', problem: 'file' };
  if (!mayNameFiles && value && namesFile(value)) return { field: 'value', problem: 'file' };
  return {
    matches: (clusterName, topicName) =>
      (cluster?.(clusterName) ?? true) && (topic?.(topicName) ?? true),
    ...(key && { key }),
    ...(value && { value }),
  };
}

/** Returns why an entry does not fit. */
function problemOf(entry: unknown): Problem {
  if (!anyEntry(entry)) return { problem: 'not-an-entry' };
  for (const field of ['cluster', 'topic'] as const) {
    if (!object({ [field]: optional(pattern) })(entry)) return { field, problem: 'not-a-glob' };
  }
  const field = object({ key: optional(format) })(entry) ? 'value' : 'key';
  return { field, problem: 'not-a-format' };
}

/** Whether an entry of the setting is for exactly this topic of this cluster. */
export function isFor(entry: unknown, cluster: string, topic: string): boolean {
  const read = object({ cluster: string, topic: string })(entry);
  return read?.cluster === literalGlob(cluster) && read.topic === literalGlob(topic);
}

/** Returns the glob that only this name matches. */
export function literalGlob(name: string): string {
  return name.replace(/[\\*?[\]{},]|^!/g, '\\$&');
}
