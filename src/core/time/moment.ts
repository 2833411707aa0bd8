import { type Days, weekdayBefore, weekdayOf } from './calendar';
import { isClockLike, readDuration } from './duration';
import { isProblem, type TimeProblem } from './problem';
import { type Parts, scan } from './scan';
import {
  atWall,
  DAY,
  offsetAt,
  startOfDay,
  type Wall,
  type Zone,
  type ZoneOrOffset,
} from './zones';

/** The time and zone that a text such as "yesterday 14:00" refers to. */
export interface TimeContext {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly zone: Zone;
}

/** The meaning of a text. */
export interface Moment {
  /** The meaning as the beginning of a span. */
  readonly from: number;
  /** The meaning as the end of a span. */
  readonly to: number;
  readonly wall: Wall;
  readonly zone: ZoneOrOffset;
  /** Whether it is a whole day, or several. */
  readonly isDay: boolean;
  /** Whether it is a time of day without its day. */
  readonly isClock: boolean;
}

/** Seconds may have a fraction. */
const EPOCH = /^@?(?:(\d{9,11}(?:\.\d{1,9})?)|(\d{12,15}))$/;
/** A date and time in digits alone. As milliseconds it would lie after the year 2570. */
const STAMP = /^(?:19|20)\d{12}$/;

/**
 * Returns the meaning of a text, given in normal form, or what is wrong with it. `begin` is the
 * beginning of the span that the text ends.
 */
export function readMoment(
  text: string,
  context: TimeContext,
  begin?: Pick<Moment, 'wall' | 'zone'>,
): Moment | TimeProblem {
  const instant = readInstant(text, context.now);
  if (instant !== undefined) {
    const wall = instant + offsetAt(instant, context.zone);
    return { from: instant, to: instant, wall, zone: context.zone, isDay: false, isClock: false };
  }
  if (/^\d/.test(text) && readDuration(text) !== undefined) return 'duration';
  const parts = scan(text);
  return isProblem(parts) ? parts : momentOf(parts, context, begin);
}

/** Returns the meaning of the parts of a text. */
export function momentOf(
  parts: Parts,
  context: TimeContext,
  begin?: Pick<Moment, 'wall' | 'zone'>,
): Moment | TimeProblem {
  const { clock, offset } = parts;
  const zone = offset?.ahead ?? begin?.zone ?? context.zone;
  const today = startOfDay(context.now + offsetAt(context.now, zone));
  const written = daysOf(parts, today);
  if (isProblem(written)) return written;
  const days = written ?? { from: begin ? startOfDay(begin.wall) : today, to: NaN };
  if (!clock) {
    const [from, to] = [atWall(days.from, zone).first, atWall(days.to, zone).first];
    return written ? { from, to, wall: days.from, zone, isDay: true, isClock: false } : 'unknown';
  }
  if (days.to - days.from > DAY) return 'unknown';
  const wall = days.from + clock.time;
  const { first, last } = atWall(wall, zone);
  return { from: first, to: last, wall, zone, isDay: false, isClock: !written };
}

/** Returns the days that the parts name, if they name any. */
function daysOf({ days, weekday, year }: Parts, today: Wall): Days | TimeProblem | undefined {
  const written = days?.(today, year);
  if (!weekday || isProblem(written)) return written;
  if (!written) return weekdayBefore(today, weekday);
  return weekdayOf(written.from) === weekday.number ? written : 'no-such-day';
}

/** Returns the epoch milliseconds of texts that do not depend on a zone. */
function readInstant(text: string, now: number): number | undefined {
  if (text === 'now') return now;
  const [epoch, seconds, milliseconds] = STAMP.test(text) ? [] : (EPOCH.exec(text) ?? []);
  if (epoch !== undefined) {
    return seconds === undefined ? Number(milliseconds) : Math.round(Number(seconds) * 1000);
  }
  const [, ago, minus] = /^(?:(.+) ago|(?:now ?)?- ?(.+))$/.exec(text) ?? [];
  const duration = readDuration(ago ?? minus ?? '');
  return duration === undefined ? undefined : now - duration;
}

/** Whether a text such as "3 days" means the time up to now. "14h" could be a time of day too. */
export function isRecent(text: string): boolean {
  return /^(?:\d|pt?\d)/.test(text) && !isClockLike(text) && readDuration(text) !== undefined;
}
