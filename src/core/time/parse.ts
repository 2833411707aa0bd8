import { normal } from './form';
import { type Moment, readMoment, type TimeContext } from './moment';
import { formatOffset } from './offset';
import { isProblem, type TimeProblem } from './problem';
import { readEnd, readSpan, type TimeSpan } from './span';
import { DAY, offsetAt, type Zone } from './zones';

export type { TimeContext } from './moment';
export type { TimeProblem } from './problem';
export type { TimeSpan } from './span';

/** The furthest that a `Date` reaches from 1970. */
const MAX_TIME = 100_000_000 * DAY;
/** The end of the last year with four digits. */
const LAST_YEAR_END = Date.UTC(10_000, 0, 1);

/**
 * Returns the instant that a text means, in epoch milliseconds, or `undefined` if it means none;
 * `momentProblem` says why. A day means its first moment, and a time of day means today. Case does
 * not matter. Accepted are, in any order that people write them:
 *
 * - a day: "2026-11-22", also with slashes or dots; "22.11.2026"; "22 Nov 2026", "Nov 22, 2026";
 *   "22/11/2026" or "11/22/2026", if the order is clear; "today", "yesterday", "monday";
 * - a time of day: "14:00", "14:00:05.123", "2 pm", "14h30", "14 Uhr", "noon";
 * - behind that, an offset: "Z", "UTC", "+01:00", "UTC+1"; without one, the time is in the zone of
 *   the context;
 * - "now", "15 minutes ago", "1h 30m ago", "-15m", "now-15m", with units from ms to weeks, where a
 *   day has 24 hours;
 * - since 1970: 9 to 11 digits are seconds (1973 to 5138), 12 to 15 are milliseconds (1973 on),
 *   both with or without an "@" in front. 8 digits are a day such as "20261122", and 14 digits that
 *   begin with 19 or 20 are a day and a time.
 *
 * When clocks are put back, a time that they show twice means the first of the two. When they are
 * put forward, a time that they skip means the moment of the change.
 */
export function parseTime(text: string, context: TimeContext): number | undefined {
  const moment = readMoment(normal(text), context);
  return isProblem(moment) ? undefined : moment.from;
}

/**
 * Returns the span of time that a text means, or `undefined` if it means none; `spanProblem` says
 * why:
 *
 * - "today", "yesterday", "2026-11-22", "this week": those days;
 * - "last 15 minutes", "last 2 h", "last hour", "3 days": open at the end, because clocks may be a
 *   little ahead;
 * - "A to B", "A until B", "A..B", "A - B", "A-B", "A/B", "between A and B", where A and B are what
 *   `parseTime` understands, also with "from" in front; see `parseEnd` for B. A takes the offset of
 *   B if it has none, and the day of B in "14:00-15:00 yesterday";
 * - "since A", "A..", "before B" and "until B", open at the other end; "until" includes a day.
 */
export function parseSpan(text: string, context: TimeContext): TimeSpan | undefined {
  const read = readSpan(normal(text), context);
  return isProblem(read) ? undefined : read.span;
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
  const end = readEnd(normal(text), begin === undefined ? begin : beginOf(begin, context), context);
  return isProblem(end) ? undefined : end;
}

/** Returns why a text means no time, or `undefined` if it means one. */
export function momentProblem(text: string, context: TimeContext): TimeProblem | undefined {
  const moment = readMoment(normal(text), context);
  if (!isProblem(moment)) return undefined;
  return isProblem(readSpan(normal(text), context)) ? moment : 'is-span';
}

/** Returns why a text means no span of time, or `undefined` if it means one. */
export function spanProblem(text: string, context: TimeContext): TimeProblem | undefined {
  const span = readSpan(normal(text), context);
  return isProblem(span) ? span : undefined;
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

/** Returns the moment that a text means, or the beginning of the span that it means. */
function beginOf(text: string, context: TimeContext): Moment | undefined {
  const moment = readMoment(normal(text), context);
  if (!isProblem(moment)) return moment;
  const span = readSpan(normal(text), context);
  return isProblem(span) ? undefined : span.begin;
}
