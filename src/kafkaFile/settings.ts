import { momentProblem, spanProblem, type TimeContext } from '../core/time/parse';
import { formatText, PLAIN, type PayloadFormat } from '../core/message/codec';
import type { RecordHeader } from '../core/kafka';
import { headersOfJson } from '../core/message/headers';
import { parseTimestamp } from '../core/message/timestamp';
import { isTopicName } from '../core/text/topicName';
import { readFormat } from './formats';
import type { Block, ConsumerBlock, Directive, ProducerBlock, Property } from './file';
import { findDirective, findProperty } from './file';
import type { Problem, ProblemKind } from './problems';
import { nearest } from '../core/text/nearest';
import { propertiesOf } from './properties';
import {
  formatOfFile,
  type PartFormats,
  readSchemaName,
  SCHEMA_DIRECTIVES,
  withSchema,
} from './schemas';
import type { Span, Text } from './text';
import type { Header, Position } from './values';
import {
  parseCount,
  parseEvery,
  parseFrom,
  parseHeaders,
  parsePartition,
  parsePartitions,
  parseTo,
} from './values';

/** The settings of a PRODUCER block: undefined if missing or wrong. Templates are not filled in. */
export interface ProducerSettings {
  readonly topic: string | undefined;
  readonly key: Text | undefined;
  readonly keyFormat: PayloadFormat;
  readonly valueFormat: PayloadFormat;
  readonly schemas: PartFormats['schemas'];
  readonly headers: readonly Header[];
  /** The headers of `-- @headers`, without templates. They come after `headers`. */
  readonly exactHeaders: readonly RecordHeader[];
  /** Milliseconds. */
  readonly every: number | undefined;
  readonly partition: number | undefined;
  /** Epoch milliseconds. */
  readonly timestamp: number | undefined;
  readonly tombstone: boolean;
  readonly value: Text | undefined;
}

/** The settings of a CONSUMER block: undefined if missing or wrong. */
export interface ConsumerSettings {
  readonly topic: string | undefined;
  /** The consumer group, which serves as the name of the view. May be empty. */
  readonly group: string;
  readonly from: Position;
  /** The last offset to read. */
  readonly to: bigint | undefined;
  /** The time before which messages are read, in epoch milliseconds. */
  readonly untilTime: number | undefined;
  readonly count: number | undefined;
  readonly partitions: readonly number[] | undefined;
  readonly keyFormat: PayloadFormat;
  readonly valueFormat: PayloadFormat;
  readonly schemas: PartFormats['schemas'];
}

/** Settings, and the problems of the block that they come from. */
export interface Read<T> {
  readonly settings: T;
  readonly problems: readonly Problem[];
}

export function readProducer(block: ProducerBlock): Read<ProducerSettings> {
  const reader = new SettingsReader(block);
  const key = findProperty(block, 'key')?.value;
  const tombstone = findDirective(block, 'tombstone');
  const headers = findProperty(block, 'headers');
  const settings: ProducerSettings = {
    topic: reader.topic(),
    key: key?.text ? key : undefined,
    ...reader.formats(),
    headers: headers ? reader.headers(headers) : [],
    exactHeaders: reader.directive('headers', headersOfJson, 'headers-invalid') ?? [],
    every: reader.property('every', parseEvery, 'every-invalid'),
    partition: reader.directive('partition', parsePartition, 'partition-invalid'),
    timestamp: reader.directive('timestamp', parseTimestamp, 'timestamp-invalid'),
    tombstone: tombstone !== undefined,
    value: block.value,
  };
  if (!block.value && !tombstone) reader.add('value-missing', block.keyword);
  if (block.value && tombstone) reader.add('tombstone-with-value', tombstone);
  return { settings, problems: reader.problems };
}

/** Reads a block. `timeContext` is the context in which the times of the block are read. */
export function readConsumer(
  block: ConsumerBlock,
  timeContext: TimeContext,
): Read<ConsumerSettings> {
  const reader = new SettingsReader(block);
  for (const { name, colon, start, end } of block.properties) {
    if (colon === undefined) reader.add('colon-missing', { start: name.start, end }, name.text);
    else if (!propertiesOf('consumer').has(name.text)) {
      const suggestions = nearest(name.text, propertiesOf('consumer').keys());
      const span = name.text === '' ? { start, end } : name;
      reader.add('property-unknown', span, name.text, { suggestions });
    }
  }
  const readFrom = (text: string) => parseFrom(text, timeContext);
  const readTo = (text: string) =>
    parseTo(text, findProperty(block, 'from')?.value.text, timeContext);
  const whyNotFrom = (text: string) => ({ time: spanProblem(text, timeContext) });
  const whyNotTo = (text: string) => ({ time: momentProblem(text, timeContext) });
  const from = reader.property('from', readFrom, 'from-invalid', whyNotFrom) ?? { at: 'latest' };
  const to = reader.property('to', readTo, 'to-invalid', whyNotTo);
  const end = to ?? from;
  const settings: ConsumerSettings = {
    topic: reader.topic(),
    group: block.label.text,
    from,
    to: to?.at === 'offset' ? to.offset : undefined,
    untilTime: end.at === 'time' ? end.span.to : undefined,
    count: reader.property('count', parseCount, 'count-invalid'),
    partitions: reader.property('partitions', parsePartitions, 'partitions-invalid'),
    ...reader.formats(),
  };
  const toValue = findProperty(block, 'to')?.value;
  if (to && toValue && isBefore(to, from)) reader.add('to-before-from', toValue, toValue.text);
  return { settings, problems: reader.problems };
}

/** Returns whether nothing can lie between the two. False if they cannot be compared. */
function isBefore(to: Position, from: Position): boolean {
  if (to.at === 'offset') return from.at === 'offset' && to.offset < from.offset;
  if (to.at !== 'time' || from.at !== 'time') return false;
  return (to.span.to ?? Infinity) <= (from.span.from ?? -Infinity);
}

/** What a problem says besides its kind. */
type Facts = Pick<Problem, 'detail' | 'suggestions' | 'time'>;

/** Reads the values of one block, and collects their problems. */
class SettingsReader {
  readonly problems: Problem[] = [];

  constructor(private readonly block: Block) {
    this.#twice(block.properties, '');
    this.#twice(block.directives, '@');
  }

  #twice(named: readonly (Property | Directive)[], sign: string): void {
    const last = new Map(named.map((each) => [each.name.text, each]));
    if (last.size === named.length) return;
    for (const each of named) {
      if (last.get(each.name.text) !== each) {
        this.add('property-twice', each.name, sign + each.name.text);
      }
    }
  }

  add(kind: ProblemKind, { start, end }: Span, name?: string, facts: Facts = {}): void {
    this.problems.push({ kind, start, end, ...(name !== undefined && { name }), ...facts });
  }

  topic(): string | undefined {
    const property = findProperty(this.block, 'topic');
    if (!property?.value.text) {
      this.add('topic-missing', property ?? this.block.keyword);
      return undefined;
    }
    if (isTopicName(property.value.text)) return property.value.text;
    this.add('topic-invalid', property.value, property.value.text);
    return undefined;
  }

  property<T>(
    name: string,
    read: (text: string) => T | undefined,
    kind: ProblemKind,
    why?: (text: string) => Facts,
  ): T | undefined {
    return this.#value(findProperty(this.block, name), read, kind, why);
  }

  directive<T>(
    name: string,
    read: (text: string) => T | undefined,
    kind: ProblemKind,
  ): T | undefined {
    return this.#value(findDirective(this.block, name), read, kind);
  }

  #value<T>(
    owner: Property | Directive | undefined,
    read: (text: string) => T | undefined,
    kind: ProblemKind,
    why?: (text: string) => Facts,
  ): T | undefined {
    if (!owner) return undefined;
    const { text } = owner.value;
    const value = read(text);
    if (value === undefined) this.add(kind, text ? owner.value : owner, text, why?.(text));
    return value;
  }

  formats(): Pick<PartFormats, 'keyFormat' | 'valueFormat' | 'schemas'> {
    const key = this.#format('key');
    const value = this.#format('value');
    return {
      keyFormat: key.format,
      valueFormat: value.format,
      schemas: {
        ...(key.schema && { key: key.schema }),
        ...(value.schema && { value: value.schema }),
      },
    };
  }

  /** Returns the format of a part. `schema` is there if only its type tells the format. */
  #format(part: 'key' | 'value'): { readonly format: PayloadFormat; readonly schema?: Text } {
    const format = this.#named(`${part}-format`);
    const owner = findDirective(this.block, SCHEMA_DIRECTIVES[part]);
    const schema = this.#value(owner, readSchemaName, 'schema-invalid');
    if (!owner || schema === undefined) return { format: format ?? PLAIN };
    if (!format) {
      const ofFile = formatOfFile(schema);
      return ofFile ? { format: ofFile } : { format: PLAIN, schema: owner.value };
    }
    const named = withSchema(format, schema);
    if (!named) this.add('schema-unused', owner, formatText(format));
    return { format: named ?? format };
  }

  /** Returns the format that a property names; `undefined` if it names none. */
  #named(name: string): PayloadFormat | undefined {
    const property = findProperty(this.block, name);
    // "Tools for Apache Kafka" also takes the default if the property has no value.
    if (!property?.value.text) return undefined;
    const { value } = property;
    const format = readFormat(value.text, this.block.kind);
    if (!('problem' in format)) return format;
    const { problem, suggestions, possible } = format;
    this.add(problem, value, value.text, { suggestions, detail: possible });
    return PLAIN;
  }

  headers(property: Property): readonly Header[] {
    const { headers, dropped } = parseHeaders(property.value);
    for (const entry of dropped) this.add('header-dropped', entry, entry.text);
    for (const { cut, name } of headers) if (cut) this.add('header-cut', cut, name.text);
    return headers;
  }
}
