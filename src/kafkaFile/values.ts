import type { TimeContext, TimeSpan } from '../core/time/parse';
import { parseEnd, parseSpan, parseTime } from '../core/time/parse';
import type { Span, Text } from './text';
import { trimmed } from './text';

/** Kafka numbers partitions with 32-bit integers. */
const MAX_PARTITION = 2 ** 31 - 1;
/** No topic can reasonably have more partitions than this. */
const MAX_PARTITION_COUNT = 100_000;
const MAX_OFFSET = 2n ** 63n - 1n;
const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** Where to begin or end. */
export type Position =
  | { readonly at: 'earliest' | 'latest' }
  | { readonly at: 'offset'; readonly offset: bigint }
  | { readonly at: 'time'; readonly span: TimeSpan };

/** Parses `from`: a position, a time, or a span such as `last 15 minutes`. */
export function parseFrom(text: string, timeContext: TimeContext): Position | undefined {
  if (isPosition(text)) return parsePosition(text);
  if (OFFSET_RANGE.test(text)) return undefined;
  const from = parseTime(text, timeContext);
  const span = from === undefined ? parseSpan(text, timeContext) : { from };
  return span && { at: 'time', span };
}

/** Parses `to`: a position, or a time, whose meaning may depend on `from`. */
export function parseTo(
  text: string,
  from: string | undefined,
  timeContext: TimeContext,
): Position | undefined {
  if (isPosition(text)) {
    const position = parsePosition(text);
    return position?.at === 'earliest' ? undefined : position;
  }
  const begin = from === undefined || isPosition(from) ? undefined : from;
  const to = parseEnd(text, begin, timeContext);
  return to === undefined ? undefined : { at: 'time', span: { to } };
}

/** Would be read as seconds or milliseconds since 1970, which need an `@` here. */
const OFFSET_RANGE = /^\d{9,13}\b(?!\.\d)/;

/** Whether a text cannot mean a time. Digits alone are always an offset. */
function isPosition(text: string): boolean {
  return /^(?:\d+|earliest|latest)$/.test(text);
}

/**
 * Returns the time that a person may have meant by an offset that looks like a date or like a number
 * of seconds or milliseconds since 1970, in a form in which it is one.
 */
export function timeLike(offset: string, timeContext: TimeContext): string | undefined {
  if (/^1\d{9}(?:\d{3})?$/.test(offset)) return `@${offset}`;
  const digits = /^((?:19|20)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?$/.exec(offset) ?? [];
  const [, year, month, day, hour, minute, second] = digits;
  const date = [year, month, day].join('-');
  const time = hour === undefined ? date : `${date} ${[hour, minute, second].join(':')}`;
  return parseTime(time, timeContext) === undefined ? undefined : time;
}

function parsePosition(text: string): Position | undefined {
  if (text === 'earliest' || text === 'latest') return { at: text };
  return text.length <= 19 && BigInt(text) <= MAX_OFFSET
    ? { at: 'offset', offset: BigInt(text) }
    : undefined;
}

/**
 * Parses `0`, `0,1,2`, `0-2` or `0,2-3`, also with blanks. Returns each partition once, in
 * ascending order.
 */
export function parsePartitions(text: string): number[] | undefined {
  const partitions = new Set<number>();
  for (const part of text.split(',')) {
    const [, first, last = first] = /^\s*(\d{1,10})\s*(?:-\s*(\d{1,10})\s*)?$/.exec(part) ?? [];
    const [low, high] = [Number(first), Number(last)];
    if (first === undefined || low > high || high > MAX_PARTITION) return undefined;
    if (high - low + partitions.size >= MAX_PARTITION_COUNT) return undefined;
    for (let partition = low; partition <= high; partition += 1) partitions.add(partition);
  }
  return [...partitions].sort((a, b) => a - b);
}

export function parsePartition(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) && Number(text) <= MAX_PARTITION ? Number(text) : undefined;
}

/** Parses `3s`, `5m` or `1h`. Returns milliseconds: at least a second, at most about 24 days. */
export function parseEvery(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+)([smh])$/.exec(text) ?? [];
  const milliseconds = Number(digits) * (UNITS[unit] ?? NaN);
  // A timer of Node with more than 2^31 - 1 ms would fire at once.
  return milliseconds > 0 && milliseconds <= MAX_PARTITION ? milliseconds : undefined;
}

export function parseCount(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

export interface Header {
  readonly name: Text;
  readonly value: Text;
  /** The part of `a=1=2` that the second `=` cuts off. */
  readonly cut?: Span;
}

/** Parses `a=b, c=d`. Returns the headers, and the entries that were dropped for lack of a `=`. */
export function parseHeaders(property: Text): {
  readonly headers: readonly Header[];
  readonly dropped: readonly Text[];
} {
  const headers: Header[] = [];
  const dropped: Text[] = [];
  let at = 0;
  for (const part of property.text.split(',')) {
    const entry = trimmed(property.text, at, at + part.length);
    at += part.length + 1;
    const equals = entry.text.indexOf('=');
    const shift = ({ start, end, text }: Text): Text => ({
      start: start + property.start,
      end: end + property.start,
      text,
    });
    if (equals < 0) {
      if (entry.text !== '') dropped.push(shift(entry));
      continue;
    }
    const second = entry.text.indexOf('=', equals + 1);
    const valueEnd = second < 0 ? entry.end : entry.start + second;
    headers.push({
      name: shift(trimmed(property.text, entry.start, entry.start + equals)),
      value: shift(trimmed(property.text, entry.start + equals + 1, valueEnd)),
      ...(second >= 0 && {
        cut: { start: property.start + valueEnd, end: property.start + entry.end },
      }),
    });
  }
  return { headers, dropped };
}
