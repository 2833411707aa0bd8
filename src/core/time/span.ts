import { lacksHalf } from './clock';
import { readDuration } from './duration';
import { isRecent, type Moment, momentOf, readMoment, type TimeContext } from './moment';
import { isProblem, type TimeProblem } from './problem';
import { type Parts, scan } from './scan';
import { atWall, DAY, offsetAt } from './zones';

/** Epoch milliseconds, `from` inclusive, `to` exclusive; a missing end is open. Never empty. */
export interface TimeSpan {
  readonly from?: number;
  readonly to?: number;
}

/** A span, and the moment that it was written to begin with, if there is one. */
export interface Reach {
  readonly span: TimeSpan;
  readonly begin?: Moment;
}

const LAST = /^(?:(?:in|within|over|during|for) )?(?:the )?(?:last|past|previous) (.+)$/;
const OPEN = /^(since|from|after|before|until|till|up to|to) (.+)$/;
const DOTS = /^(?:(\.{2,3}) ?(.+)|(.+?) ?\.{2,3})$/;

/** What may separate the ends of a span. The surest come first. */
const SEPARATORS = [
  / (?:to|until|till?|through|bis) /g,
  / ?(?:\.{2,3}|--?>|=>|→|--) ?/g,
  / - /g,
  / ?\/ ?| for /g,
  /-/g,
];

/** Returns the span that a text means, given in normal form, or what is wrong with it. */
export function readSpan(text: string, context: TimeContext): Reach | TimeProblem {
  const recent = isRecent(text) ? text : (LAST.exec(text)?.[1] ?? '');
  const duration = readDuration(recent);
  if (duration !== undefined) return reach(context.now - duration, Infinity);
  const moment = readMoment(text, context);
  if (!isProblem(moment)) {
    return moment.isDay ? reach(moment.from, moment.to, moment) : 'is-moment';
  }
  const open = readOpen(text, context);
  if (open !== undefined && !isProblem(open)) return open;
  const ends = text.replace(/\bbetween (.+) and /, '$1 to ').replace(/(^| )(?:from|since) /, '$1');
  const closed = readClosed(ends, context);
  if (closed !== 'unknown') return closed;
  return open ?? (moment === 'is-span' ? 'unknown' : moment);
}

/**
 * Returns the end of a span, exclusive, in epoch milliseconds. A time of day is on the day of the
 * beginning, or on the day after if it would be before the beginning. `isSameDay`: the text names
 * the day of both.
 */
export function readEnd(
  text: string,
  begin: Moment | undefined,
  context: TimeContext,
  isSameDay = false,
): number | TimeProblem {
  const end = readMoment(text, context, begin);
  if (isProblem(end)) return end;
  if (!begin || !(end.isClock || isSameDay) || end.to >= begin.from) return end.to;
  return atWall(end.wall + DAY, end.zone).last;
}

/** Reads a span that is open at one end. */
function readOpen(text: string, context: TimeContext): Reach | TimeProblem | undefined {
  const [, dots, last, first] = DOTS.exec(text) ?? [];
  const [, word, rest] = OPEN.exec(text) ?? [];
  const keyword = word ?? (dots === undefined ? 'since' : 'until');
  const written = rest ?? last ?? first;
  if (written === undefined) return undefined;
  const moment = readMoment(written, context);
  if (isProblem(moment)) return moment;
  switch (keyword) {
    case 'since':
    case 'from':
      return reach(moment.from, Infinity, moment);
    case 'after':
      return reach(moment.to, Infinity, moment);
    case 'before':
      return reach(-Infinity, moment.from);
    default:
      return reach(-Infinity, moment.to);
  }
}

/** Reads a span with two ends. It must be clear where it is to be divided. */
function readClosed(text: string, context: TimeContext): Reach | TimeProblem {
  let problem: TimeProblem = 'unknown';
  for (const separator of SEPARATORS) {
    const found: Reach[] = [];
    for (const { 0: match, index } of text.matchAll(separator)) {
      const [first, second] = [text.slice(0, index), text.slice(index + match.length)];
      const read = readEnds(first, second, match, context);
      if (!isProblem(read)) found.push(read);
      else if (problem === 'unknown') problem = read;
    }
    if (found.length > 0) return found.length === 1 && found[0] ? found[0] : 'unknown';
  }
  return problem;
}

function readEnds(
  first: string,
  second: string,
  separator: string,
  context: TimeContext,
): Reach | TimeProblem {
  const [begun, ended] = [scan(first), scan(second)];
  if (!isProblem(begun) && !isProblem(ended) && lacksHalf(begun.clock, ended.clock)) {
    return 'half-missing';
  }
  const begin = readMoment(first, context, sharedWithEnd(ended, context));
  // Behind a slash, a unit alone rounds a time elsewhere, as in "now/d".
  const isLength = separator === ' for ' || (separator.includes('/') && /^[\dp]/.test(second));
  const duration = isLength ? readDuration(second) : undefined;
  const end = duration === undefined ? readMoment(second, context) : undefined;
  if (begin === 'unknown' || end === 'unknown') return 'unknown';
  if (isProblem(begin)) return begin;
  if (isProblem(end)) return end;
  if (duration !== undefined) return reach(begin.from, begin.from + duration, begin);
  // Directly behind a day, "-14:00" is more likely its time than the end of a span.
  if (separator === '-' && end && begin.isDay !== end.isDay) return 'unknown';
  const to = readEnd(second, begin, context, begin.isClock && isDayShared(ended));
  return isProblem(to) ? to : reach(begin.from, to, begin);
}

/**
 * Returns what the beginning of a span takes from its end: the offset of "14:00 to 14:05 UTC", and
 * the day of "14:00-14:05 yesterday".
 */
function sharedWithEnd(
  end: Parts | TimeProblem,
  context: TimeContext,
): Pick<Moment, 'wall' | 'zone'> | undefined {
  const moment = isProblem(end) ? end : momentOf(end, context);
  if (isProblem(end) || isProblem(moment)) return undefined;
  const { zone } = moment;
  const now = context.now + offsetAt(context.now, zone);
  return { zone, wall: isDayShared(end) ? moment.wall : now };
}

/** Whether the end of a span names a day behind its time, as in "14:00-14:05 yesterday". */
function isDayShared(end: Parts | TimeProblem): boolean {
  return !isProblem(end) && end.isClockFirst === true && (end.days ?? end.weekday) !== undefined;
}

/** Returns a span. Infinite ends are open. */
function reach(from: number, to: number, begin?: Moment): Reach | TimeProblem {
  if (!(from < to)) return 'empty-span';
  const span = { ...(from > -Infinity && { from }), ...(to < Infinity && { to }) };
  return { span, ...(begin && { begin }) };
}
