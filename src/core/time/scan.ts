import { DAYS, type DaysAt, type Weekday, WEEKDAYS } from './calendar';
import { type Clock, CLOCKS } from './clock';
import { form, type Form } from './form';
import { NAMED_OFFSETS, type Offset, SIGNED_OFFSETS, ZONE_NAMES, ZONE_REMARKS } from './offset';
import { isProblem, type TimeProblem } from './problem';

/** The parts of a text that means a time. At least one is there. */
export interface Parts {
  readonly days?: DaysAt;
  readonly weekday?: Weekday;
  /** A year apart from the day, as in "Nov 22 14:00:00 2026". */
  readonly year?: string;
  readonly clock?: Clock;
  /** Whether the time of day stands before the day, or without one. */
  readonly isClockFirst?: boolean;
  readonly offset?: Offset;
}

/** What may stand between the parts. The colon belongs to "22/Nov/2026:14:00:00". */
const GAP = /(?:[ ,;_]|t(?=\d)|:(?=\d)|(?:at|on|the)\b)*/y;
const YEARS: readonly Form<Pick<Parts, 'year'>>[] = [
  form('(\\d{4})(?![\\d:./-])', ([year = '']) => ({ year })),
];

/**
 * Returns the parts of a text, given in normal form, or what is wrong with it. Nothing else may
 * stand between the parts.
 */
export function scan(text: string): Parts | TimeProblem {
  let parts: Parts = {};
  for (let at = skipGap(text, 0); at < text.length; at = skipGap(text, at)) {
    const token = tokenAt(text, at, parts);
    if (typeof token === 'string') return token;
    if (Object.keys(token.parts).some((name) => name in parts)) return 'unknown';
    parts = { ...parts, ...token.parts };
    if (isSpan(parts, text)) return 'is-span';
    at = token.end;
  }
  return Object.keys(parts).length > 0 ? parts : 'unknown';
}

interface Token {
  readonly parts: Parts;
  readonly end: number;
}

function tokenAt(text: string, at: number, before: Parts): Token | TimeProblem {
  const hasDay = before.days !== undefined || before.weekday !== undefined;
  const lacksYear = before.days?.(0) === 'year-missing';
  return (
    readForm(before.offset ? ZONE_REMARKS : [], text, at, () => ({})) ??
    readForm(DAYS, text, at, (days) => ({ days })) ??
    readForm(WEEKDAYS, text, at, (weekday) => ({ weekday })) ??
    readForm(CLOCKS, text, at, (clock) => ({ clock, isClockFirst: !hasDay })) ??
    readForm(NAMED_OFFSETS, text, at, (offset) => ({ offset })) ??
    readForm(before.clock ? SIGNED_OFFSETS : [], text, at, (offset) => ({ offset })) ??
    readForm(lacksYear ? YEARS : [], text, at, (year) => year) ??
    readForm(before.clock || hasDay ? ZONE_NAMES : [], text, at, () => ({})) ??
    'unknown'
  );
}

function readForm<T>(
  forms: readonly Form<T>[],
  text: string,
  at: number,
  toParts: (value: T) => Parts,
): Token | TimeProblem | undefined {
  for (const { pattern, read } of forms) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) continue;
    const value = read(match.slice(1));
    return isProblem(value) ? value : { parts: toParts(value), end: pattern.lastIndex };
  }
  return undefined;
}

function skipGap(text: string, at: number): number {
  GAP.lastIndex = at;
  return at + (GAP.exec(text)?.[0].length ?? 0);
}

/** A date as in ISO 8601, behind which an offset is likely; with a "T", nothing else is. */
const ISO_DATE = /^\d{4}-\d\d?-\d\d?(t)?/;

/**
 * Whether what follows the minus sign is the end of a span, as in "14:00-14:05", not an offset. A
 * time of day without seconds has an offset there only behind an ISO date, and only if the offset
 * would be no later time of that day.
 */
function isSpan({ clock, offset }: Parts, text: string): boolean {
  if (!clock || offset?.end === undefined) return false;
  if (Number.isNaN(offset.ahead)) return true;
  const [date, isJoined] = ISO_DATE.exec(text) ?? [];
  if (clock.hasSeconds || isJoined) return false;
  return date === undefined || offset.end > clock.time;
}
