import type { Wall, Zone, ZoneOrOffset } from './zones';
import { atWall, DAY, offsetAt, startOfDay } from './zones';

/** The time and zone that a text such as "yesterday 14:00" refers to. */
export interface TimeContext {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly zone: Zone;
}

/** Epoch milliseconds, `from` inclusive, `to` exclusive; a missing end is open. Never empty. */
export interface TimeSpan {
  readonly from?: number;
  readonly to?: number;
}

/** The furthest that a `Date` reaches from 1970. */
const MAX_TIME = 100_000_000 * DAY;
/** The end of the last year with four digits. */
const LAST_YEAR_END = Date.UTC(10_000, 0, 1);
/** Longer texts are not times. */
const MAX_LENGTH = 100;
/** Kafka's timestamps begin here. */
const FIRST_YEAR = 1970;

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ...['s', 'sec', 'second'].map((name) => [name, 1000] as const),
  ...['m', 'min', 'minute'].map((name) => [name, 60_000] as const),
  ...['h', 'hr', 'hour'].map((name) => [name, 3_600_000] as const),
  ...['d', 'day'].map((name) => [name, DAY] as const),
  ...['w', 'week'].map((name) => [name, 7 * DAY] as const),
]);

/** A day, a time of day, or both; each group may be missing, but not all. */
const WALL =
  /^(?:(\d{4})-(\d\d?)-(\d\d?)|(today|yesterday))?(?:(?:t|\s+|^)(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(z|utc|gmt|[+-]\d\d(?::?\d\d)?)?)?$/;
const EPOCH = /^@?(\d{9,15})$/;
const SEPARATOR = / (?:to|until) | ?\.\. ?| [-–] /;

/**
 * Returns the instant that a text means, in epoch milliseconds, or `undefined` if it means none. A
 * day means its first moment, and a time of day means today. Case does not matter. Accepted are:
 *
 * - "2026-11-22 14:00", "2026-11-22T14:00:00.123Z", "14:00", "yesterday 14:00", each with or
 *   without seconds and an offset such as "+01:00", "Z" or "UTC"; without an offset it is in the
 *   zone of the context;
 * - "2026-11-22", "today", "yesterday", "now";
 * - "15 minutes ago", "1h 30m ago", "-15m", with units from ms to weeks, where a day has 24 hours;
 * - since 1970: 9 to 11 digits are seconds (1973 to 5138), 12 to 15 are milliseconds (1973 on),
 *   both with or without an "@" in front.
 *
 * When clocks are put back, a time that they show twice means the first of the two. When they are
 * put forward, a time that they skip means the moment of the change.
 */
export function parseTime(text: string, context: TimeContext): number | undefined {
  return readMoment(normal(text), context)?.from;
}

/**
 * Returns the span of time that a text means, if it means one:
 *
 * - "today", "yesterday", "2026-11-22": that day;
 * - "last 15 minutes", "last 2 h", "last hour": open at the end, because clocks may be a little
 *   ahead;
 * - "A to B", "A until B", "A..B", "A - B", where A and B are what `parseTime` understands, also
 *   with "from" in front; see `parseEnd` for B;
 * - "since A" and "before B", open at the other end.
 */
export function parseSpan(text: string, context: TimeContext): TimeSpan | undefined {
  const words = normal(text);
  const [, keyword, rest = ''] = /^(last|since|before) (.+)$/.exec(words) ?? [];
  if (keyword === 'last') return toSpan(context.now - (readDuration(rest) ?? NaN), Infinity);
  if (keyword === 'since') return toSpan(readMoment(rest, context)?.from, Infinity);
  if (keyword === 'before') return toSpan(-Infinity, readMoment(rest, context)?.from);
  const [first = '', second, ...more] = words.replace(/^from /, '').split(SEPARATOR);
  const begin = readMoment(first, context);
  if (!begin || more.length > 0) return undefined;
  if (second !== undefined) return toSpan(begin.from, readEnd(second, begin, context));
  return begin.isDay && first === words ? toSpan(begin.from, begin.to) : undefined;
}

/**
 * Returns the end, exclusive, of a span that begins with `begin`, or that has no beginning if that
 * is missing. Returns `undefined` if the text means no time. A time of day is on the day on which
 * the span begins, or on the day after if it would be before the beginning. A day is included as a
 * whole. A time that clocks show twice means the second of the two.
 */
export function parseEnd(
  text: string,
  begin: string | undefined,
  context: TimeContext,
): number | undefined {
  const moment = begin === undefined ? undefined : readMoment(normal(begin), context);
  return readEnd(normal(text), moment, context);
}

/**
 * Returns an instant in a form that `parseTime` reads, such as "2026-11-22 14:00:00+01:00". In UTC
 * it ends with "Z". A time beyond the calendar is returned as its number of milliseconds.
 */
export function formatTime(time: number, zone: Zone): string {
  if (!(time > DAY - MAX_TIME && time < LAST_YEAR_END - DAY)) return String(time);
  const ahead = offsetAt(time, zone);
  const wall = new Date(time + ahead).toISOString().replace('T', ' ').slice(0, -1);
  return wall.replace(/\.000$/, '') + (zone === 'utc' ? 'Z' : formatOffset(ahead));
}

/** The meaning of a text. */
interface Moment {
  /** The meaning as the beginning of a span. */
  readonly from: number;
  /** The meaning as the end of a span. */
  readonly to: number;
  readonly wall: Wall;
  readonly zone: ZoneOrOffset;
  /** Whether it is a whole day. */
  readonly isDay: boolean;
  /** Whether it is a time of day without its day. */
  readonly isClock: boolean;
}

/** Converts to lower case, with single blanks between words. */
function normal(text: string): string {
  return text.length > MAX_LENGTH ? '' : text.trim().toLowerCase().replace(/\s+/g, ' ');
}

/**
 * Returns a span. Infinite ends are open. `undefined` if an end is missing or the span is empty.
 */
function toSpan(from = NaN, to = NaN): TimeSpan | undefined {
  if (!(from < to)) return undefined;
  return { ...(from > -Infinity && { from }), ...(to < Infinity && { to }) };
}

function readEnd(
  text: string,
  begin: Moment | undefined,
  context: TimeContext,
): number | undefined {
  const end = readMoment(text, context, begin);
  if (!end || !begin || !end.isClock || end.to >= begin.from) return end?.to;
  return atWall(end.wall + DAY, end.zone).last;
}

/** Returns the meaning of a text. `begin` is the beginning of the span that the text ends. */
function readMoment(text: string, context: TimeContext, begin?: Moment): Moment | undefined {
  const instant = readInstant(text, context.now);
  if (instant !== undefined) {
    const wall = instant + offsetAt(instant, context.zone);
    return { from: instant, to: instant, wall, zone: context.zone, isDay: false, isClock: false };
  }
  const [match, year, month, date, word, hour, minute, second, fraction, offset] =
    WALL.exec(text) ?? [];
  if (!match) return undefined;
  const zone = readOffset(offset) ?? begin?.zone ?? context.zone;
  const today = startOfDay(context.now + offsetAt(context.now, zone));
  const day =
    year !== undefined
      ? readDay(Number(year), Number(month), Number(date))
      : word === undefined && begin
        ? startOfDay(begin.wall)
        : today - (word === 'yesterday' ? DAY : 0);
  const time = readTimeOfDay(Number(hour), Number(minute), Number(second ?? 0), fraction);
  if (day === undefined || time === undefined || Number.isNaN(zone)) return undefined;
  if (hour === undefined) {
    const [from, to] = [atWall(day, zone).first, atWall(day + DAY, zone).first];
    return { from, to, wall: day, zone, isDay: true, isClock: false };
  }
  const wall = day + time;
  const { first, last } = atWall(wall, zone);
  const isClock = year === undefined && word === undefined;
  return { from: first, to: last, wall, zone, isDay: false, isClock };
}

/** Returns the epoch milliseconds of texts that do not depend on a zone. */
function readInstant(text: string, now: number): number | undefined {
  if (text === 'now') return now;
  const [, digits] = EPOCH.exec(text) ?? [];
  if (digits !== undefined) return Number(digits) * (digits.length < 12 ? 1000 : 1);
  const [, ago, minus] = /^(?:(.+)\sago|-(.+))$/.exec(text) ?? [];
  const duration = readDuration(ago ?? minus ?? '');
  return duration === undefined ? undefined : now - duration;
}

/** Returns the milliseconds of "15 minutes", "1h 30m", "an hour", "hour". */
function readDuration(text: string): number | undefined {
  const one = UNITS.get(unitName(text.replace(/^an?\s+/, '')));
  if (one !== undefined) return one;
  if (!/^(?:\d{1,6}(?:\.\d{1,6})?\s*[a-z]+\s*)+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, number, unit = ''] of text.matchAll(/(?<![\d.])([\d.]+) ?([a-z]+)/g)) {
    sum += Number(number) * (UNITS.get(unitName(unit)) ?? NaN);
  }
  return sum < MAX_TIME / 2 ? Math.round(sum) : undefined;
}

function unitName(text: string): string {
  return UNITS.has(text) ? text : text.replace(/s$/, '');
}

function readDay(year: number, month: number, date: number): Wall | undefined {
  const day = Date.UTC(year, month - 1, date);
  const read = new Date(day);
  // The 30th of February would be the 2nd of March.
  const exists = read.getUTCMonth() === month - 1 && read.getUTCDate() === date;
  return exists && year >= FIRST_YEAR ? day : undefined;
}

/**
 * Returns milliseconds since midnight; 24:00 is the next midnight. A missing hour and minute are
 * NaN.
 */
function readTimeOfDay(
  hour: number,
  minute: number,
  second: number,
  fraction = '',
): number | undefined {
  if (Number.isNaN(hour)) return 0;
  if (minute > 59 || second > 59) return undefined;
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
  const time = ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds;
  return time <= DAY ? time : undefined;
}

/** Returns an offset in milliseconds, `undefined` if none is given, or NaN if it is invalid. */
function readOffset(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(text) ?? [];
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return Number(minutes) > 59 || size >= DAY ? NaN : sign === '-' ? -size : size;
}

function formatOffset(offset: number): string {
  const minutes = Math.abs(offset) / 60_000;
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
