import {
  digits,
  either,
  fallback,
  index,
  known,
  knownMembers,
  lenient,
  literal,
  map,
  number,
  object,
  type Schema,
  string,
} from '../../core/schema';
import { formatOf } from '../../core/message/codec';
import type { ReadFrom } from '../../core/read/reader';
import type { View } from '../../core/read/view';
import { columnLayout, type ColumnLayout, defaultColumns, sort, type Sort } from '../columns';
import type { TimeSpan } from '../protocol';
import { span } from './toHost';

/** The settings of a viewer without its messages: enough to read them again. */
export interface ViewerDefinition extends View {
  readonly filter: string;
  readonly sort: Sort | null;
  readonly span: TimeSpan | null;
  readonly columns: ColumnLayout;
}

/** Returns the definition as JSON text. */
export function writeDefinition(definition: ViewerDefinition): string {
  return JSON.stringify(definition, (_, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    return value instanceof Map ? Object.fromEntries<unknown>(value) : value;
  });
}

const offset = map(digits, BigInt);
const count = map(index, (read) => read || undefined);

const offsets = map(knownMembers(string, offset), (read) => {
  const partitions = Object.entries(read).flatMap(([name, next]) => {
    const partition = index(Number(name));
    return partition === undefined || next === undefined ? [] : [[partition, next] as const];
  });
  return new Map(partitions);
});

const readFrom: Schema<ReadFrom> = either(
  object({ at: literal('earliest') }),
  object({ latestMinus: offset }),
  object({ offset }),
  object({ time: number }),
  object({ offsets, since: lenient(number) }),
);

const readRequest = object({
  topic: string,
  from: readFrom,
  partitions: lenient(known(index)),
  until: lenient(offset),
  untilTime: lenient(number),
  timeMargin: lenient(number),
  maxRecords: lenient(count),
  newest: lenient(count),
});

/** In older definitions, the argument is called `encoding`. */
const format = map(
  object({ kind: string, argument: lenient(string), encoding: lenient(string) }),
  ({ kind, argument, encoding }) => {
    const read = formatOf(kind, argument ?? encoding ?? '');
    return typeof read === 'string' ? undefined : read;
  },
);

const viewerDefinition = object({
  cluster: string,
  request: readRequest,
  range: string,
  formats: lenient(object({ key: lenient(format), value: lenient(format) })),
  filter: fallback(string, ''),
  sort: fallback(sort, null),
  span: fallback(span, null),
  columns: fallback(columnLayout, defaultColumns),
  /** The number of newest messages, as definitions of version 0.1 say it. */
  last: lenient(count),
});

/** Returns the definition that `writeDefinition` wrote; `undefined` for any other text. */
export function readDefinition(text: string): ViewerDefinition | undefined {
  const read = viewerDefinition(parseJson(text));
  if (!read) return undefined;
  const { last, request, ...definition } = read;
  const newest = last === undefined ? {} : { newest: last };
  return { ...definition, request: { ...newest, ...request } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
