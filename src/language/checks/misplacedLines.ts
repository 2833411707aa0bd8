import { distance } from '../../core/text/nearest';
import type { Problem } from '../../kafkaFile/problems';
import { PRODUCER_PROPERTIES } from '../../kafkaFile/properties';
import type { Span, Text } from '../../kafkaFile/text';

const PROPERTY_LIKE = /^\s*([A-Za-z][\w-]*)\s*:(?!\/\/)/;
const BLOCK_LINE = /^[ \t]*(producer|consumer)(?=\s|$).*/gim;
/** A line of YAML that belongs to the name above it. */
const CONTINUATION = /^(?:\s+\S|-(?:\s|$))/;
/** A comment or a directive of another tool. */
const COMMENT_LIKE = /^\s*(?:#|\/\/|@)/;
const NEXT_LINE = /(?:\r\n|\r|\n)(.*)/y;
const SEPARATOR_LIKE = /^[ \t]+###[ \t]*$/gm;
const COMMENT_LINE = /^--(?:[ \t].*|@.*)$/gm;

/** Lines that are checked at the beginning of a value. */
const MAX_LINES = 20;

/**
 * What people write as properties of a PRODUCER, without case, dashes and underscores, and what it
 * is here: another property, a directive (with `@`), the value, or nothing at all.
 */
const MEANT: ReadonlyMap<string, string> = new Map(
  Object.entries({
    body: 'value',
    cluster: '@cluster',
    count: '',
    format: 'value-format',
    from: '',
    header: 'headers',
    interval: 'every',
    keyformat: 'key-format',
    message: 'value',
    offset: '',
    partition: '@partition',
    partitions: '@partition',
    payload: 'value',
    timestamp: '@timestamp',
    to: '',
    tombstone: '@tombstone',
    ts: '@timestamp',
    value: 'value',
    valueformat: 'value-format',
  }),
);

interface Line extends Span {
  /** The name before the colon. */
  readonly written: string;
  /** As in `MEANT`; missing if it is like nothing that a block may have. */
  readonly meant?: string;
  /** Whether it is a property, but for its case and the blanks around it. */
  readonly isProperty: boolean;
}

/** Finds properties, comments, separators and blocks that became part of a value. */
export function misplacedLines(value: Text): Problem[] {
  return [...propertyLines(value), ...otherLines(value)].sort((a, b) => a.start - b.start);
}

function propertyLines(value: Text): Problem[] {
  const { lines, isAll } = firstLines(value);
  // A value may have names of its own, such as YAML.
  const isOwn = isAll && lines.some(({ meant }) => meant === undefined);
  return lines.flatMap(({ start, end, meant, written, isProperty }): Problem[] => {
    if (meant === undefined || (isOwn && !isProperty)) return [];
    const kind = PRODUCER_PROPERTIES.has(meant) ? 'property-in-value' : 'setting-in-value';
    return [
      { kind, start, end, name: kind === 'property-in-value' ? meant : written, detail: meant },
    ];
  });
}

/** Returns the lines before the first one without a name, and whether there is no such line. */
function firstLines(value: Text): { readonly lines: readonly Line[]; readonly isAll: boolean } {
  const lines: Line[] = [];
  let at = value.start;
  for (const line of value.text.split(/(?<=\r\n|\r(?!\n)|\n)/, MAX_LINES)) {
    const written = PROPERTY_LIKE.exec(line)?.[1];
    if (COMMENT_LIKE.test(line) || (!written && lines.length > 0 && CONTINUATION.test(line))) {
      at += line.length;
      continue;
    }
    if (written === undefined) return { lines, isAll: false };
    const start = at + line.indexOf(written);
    const meant = meaningOf(written, at === value.start);
    const isProperty = PRODUCER_PROPERTIES.has(written.toLowerCase());
    const span = { start, end: start + written.length };
    lines.push({ ...span, written, isProperty, ...(meant !== undefined && { meant }) });
    at += line.length;
  }
  return { lines, isAll: true };
}

/** Returns what a name means. Only the first line of a value may be misspelt. */
function meaningOf(written: string, isFirst: boolean): string | undefined {
  const lower = written.toLowerCase();
  if (PRODUCER_PROPERTIES.has(lower)) return lower;
  const meant = MEANT.get(lower.replace(/[-_]/g, ''));
  if (meant !== undefined || !isFirst) return meant;
  const limit = lower.length > 6 ? 2 : 1;
  return [...PRODUCER_PROPERTIES.keys()].find(
    (name) => name.startsWith(lower.charAt(0)) && distance(lower, name, limit) <= limit,
  );
}

function otherLines({ text, start: base }: Text): Problem[] {
  const problems: Problem[] = [];
  const add = (kind: Problem['kind'], start: number, length: number, name?: string) => {
    const span = { start: base + start, end: base + start + length };
    problems.push({ kind, ...span, ...(name !== undefined && { name }) });
  };
  for (const { index, 0: line, 1: word = '' } of text.matchAll(BLOCK_LINE)) {
    const name = word.toUpperCase();
    NEXT_LINE.lastIndex = index + line.length;
    const property = PROPERTY_LIKE.exec(NEXT_LINE.exec(text)?.[1] ?? '')?.[1] ?? '';
    // In any other form it may be prose, unless properties follow.
    if (!line.startsWith(name) && !PRODUCER_PROPERTIES.has(property.toLowerCase())) continue;
    add('block-in-value', index + line.indexOf(word), word.length, name);
  }
  for (const { index, 0: line } of text.matchAll(SEPARATOR_LIKE)) {
    add('separator-form', index + line.indexOf('#'), 3);
  }
  for (const { index, 0: line } of text.matchAll(COMMENT_LINE)) {
    add('comment-in-value', index, line.length);
  }
  return problems;
}
