import type { CompletionItem, Hover, TextEdit } from 'vscode-languageserver-types';
import { formatText } from '../core/message/codec';
import type { Block, KafkaFile, ProducerBlock } from '../kafkaFile/file';
import { findDirective, findProperty } from '../kafkaFile/file';
import type { Problem } from '../kafkaFile/problems';
import { innermost } from '../kafkaFile/formats';
import { type PartFormats, SCHEMA_DIRECTIVES, takesSchema } from '../kafkaFile/schemas';
import { readConsumer, readProducer } from '../kafkaFile/settings';
import type { Span, Text } from '../kafkaFile/text';
import { type Catalog, clusterNameOf, timeContextOf } from './catalog';
import { missingMembers } from './schema/fill';
import { hoverOn } from './schema/hover';
import { readTree } from './schema/jsonTree';
import type { SchemaPart, SchemaQuery } from './schema/part';
import { problemsOf } from './schema/problems';
import { schemaItems } from './schema/suggest';

const SCHEMA_ARGUMENT = /^[^()]*\((?:[\w-]+\()*(?<argument>[^()]*)/d;

/** Returns the parts of a block that have schemas. A part without a known cluster has none. */
export function schemaParts(file: KafkaFile, block: Block, catalog: Catalog): SchemaPart[] {
  const cluster = clusterNameOf(file, block, catalog);
  if (cluster === undefined) return [];
  const { settings } =
    block.kind === 'producer' ? readProducer(block) : readConsumer(block, timeContextOf(catalog));
  return (['key', 'value'] as const).flatMap((part): SchemaPart[] => {
    const place = placeOf(block, part);
    const named = place && namedIn(settings, part);
    // A consumer takes the schema that each message names, unless another one is wanted.
    if (!named || (block.kind === 'consumer' && place.text === '')) return [];
    const query: SchemaQuery = { cluster, topic: settings.topic, part, named };
    const text = block.kind === 'producer' ? textOf(block, part) : undefined;
    const { start, end, text: name } = place;
    return [{ part, at: { start, end }, name, cluster, answer: catalog.schema(query), text }];
  });
}

function namedIn(settings: PartFormats, part: 'key' | 'value'): SchemaQuery['named'] | undefined {
  const schema = settings.schemas[part];
  if (schema) return { schema: schema.text };
  const format = settings[`${part}Format`];
  return takesSchema(innermost(format).kind) ? { format: formatText(format) } : undefined;
}

/** Returns where the schema of a part is named, or else its format, then with an empty text. */
function placeOf(block: Block, part: 'key' | 'value'): Text | undefined {
  const format = findProperty(block, `${part}-format`)?.value;
  const argument = SCHEMA_ARGUMENT.exec(format?.text ?? '')?.indices?.groups?.['argument'];
  const [from, to] = argument ?? [0, 0];
  const named = format?.text.slice(from, to) ?? '';
  if (format && /^[^#]/.test(named) && !takesSchema(named)) {
    return { start: format.start + from, end: format.start + to, text: named };
  }
  const directive = findDirective(block, SCHEMA_DIRECTIVES[part])?.value;
  if (directive?.text) return directive;
  return format && { start: format.start, end: format.end, text: '' };
}

function textOf(block: ProducerBlock, part: 'key' | 'value'): Text | undefined {
  const text = part === 'value' ? block.value : findProperty(block, 'key')?.value;
  return text?.text ? text : undefined;
}

/** Returns the problems of the schemas of a block, and of what is to fit them. */
export function schemaProblems(file: KafkaFile, block: Block, catalog: Catalog): Problem[] {
  const { enabled } = catalog.state.templates;
  return schemaParts(file, block, catalog).flatMap((part) =>
    problemsOf(part, enabled, (cluster) => catalog.subjects(cluster)),
  );
}

/** Returns what the schemas of the block at an offset say there. */
export function schemaHover(file: KafkaFile, offset: number, catalog: Catalog): Hover | undefined {
  const block = file.blockAt(offset);
  const parts = block ? schemaParts(file, block, catalog) : [];
  return hoverOn(file, offset, parts, catalog.state.templates.enabled);
}

/** Returns what the schema of the value at an offset allows there. */
export function itemsBySchema(
  file: KafkaFile,
  block: Block,
  offset: number,
  catalog: Catalog,
): CompletionItem[] {
  return schemaParts(file, block, catalog).flatMap(({ text, answer }) => {
    if (!text || offset < text.start || file.text.slice(text.end, offset).trim() !== '') return [];
    if (!answer || answer.problem !== undefined) return [];
    return schemaItems(file, text, offset, answer.description.jsonSchema);
  });
}

/**
 * Returns what may be written in place of the `typed` end of the name of a schema: the subjects of
 * the block's cluster, those of its topic first, and files; after `@`, the versions of a subject.
 */
export function schemaNames(
  file: KafkaFile,
  block: Block,
  word: string,
  catalog: Catalog,
): { readonly names: readonly string[]; readonly typed: string } {
  const name = word.trimStart();
  const cluster = clusterNameOf(file, block, catalog);
  const [, subject, version] = /^(.+)@(\d*)$/.exec(name) ?? [];
  if (subject !== undefined && version !== undefined) {
    const versions = cluster === undefined ? [] : (catalog.versions(cluster, subject) ?? []);
    return { names: versions.toReversed().map(String), typed: version };
  }
  const topic = findProperty(block, 'topic')?.value.text ?? '';
  const subjects = cluster === undefined ? [] : (catalog.subjects(cluster) ?? []);
  const isOfTopic = (each: string) => topic !== '' && each.startsWith(`${topic}-`);
  const names = [
    ...subjects.filter(isOfTopic),
    ...subjects.filter((each) => !isOfTopic(each)),
    ...(catalog.schemaFiles() ?? []),
  ].filter((each) => each.toLowerCase().includes(name.toLowerCase()));
  return { names, typed: name };
}

/**
 * Returns what fills in the members that a value lacks, as edits of the file. `problem`: only those
 * of an object that must have them.
 */
export function fillEdits(
  file: KafkaFile,
  at: Span,
  catalog: Catalog,
  problem?: Problem,
): TextEdit[] {
  const block = file.blockAt(at.start);
  const parts = block ? schemaParts(file, block, catalog) : [];
  return parts.flatMap(({ text, answer }) => {
    const isHere = text && at.start >= text.start && at.end <= text.end;
    if (!isHere || !answer || answer.problem !== undefined) return [];
    const tree = readTree(text, catalog.state.templates.enabled);
    if (!tree) return [];
    const { jsonSchema } = answer.description;
    return missingMembers(file.text, jsonSchema, tree, problem).map(
      ({ at: offset, text: newText }) => ({
        range: file.range({ start: offset, end: offset }),
        newText,
      }),
    );
  });
}
