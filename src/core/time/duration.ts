import { DAY } from './zones';

const UNITS: ReadonlyMap<string, number> = new Map([
  ...['ms', 'msec', 'milli', 'millisecond'].map((name) => [name, 1] as const),
  ...['s', 'sec', 'second'].map((name) => [name, 1000] as const),
  ...['m', 'min', 'minute'].map((name) => [name, 60_000] as const),
  ...['h', 'hr', 'hour'].map((name) => [name, 3_600_000] as const),
  ...['d', 'day'].map((name) => [name, DAY] as const),
  ...['w', 'wk', 'week'].map((name) => [name, 7 * DAY] as const),
]);
/** Half of what a `Date` reaches from 1970. */
const MAX_DURATION = 50_000_000 * DAY;

const WHOLE = /^(?:\d{1,6}(?:[.,]\d{1,6})?\s?[a-z]+(?:,? and |,? ?|$))+$/;
const ITEM = /(?<![\d.,])(\d+(?:[.,]\d+)?) ?([a-z]+)/g;
/** ISO 8601. Months and years have no fixed length, so they are not accepted. */
const ISO =
  /^p(?:(\d{1,6}w)|(?=.)(\d{1,6}d)?(?:t(?=\d)(\d{1,6}h)?(\d{1,6}m)?(\d{1,6}(?:[.,]\d{1,6})?s)?)?)$/;

/**
 * Returns the milliseconds of "15 minutes", "1h 30m", "1,5 hours", "an hour", "hour" or "pt1h30m",
 * given in normal form. A day has 24 hours.
 */
export function readDuration(text: string): number | undefined {
  const one = UNITS.get(unitName(text.replace(/^an?\s/, '')));
  if (one !== undefined) return one;
  const [iso, ...parts] = ISO.exec(text) ?? [];
  const list = iso === undefined ? text : parts.join('');
  if (!WHOLE.test(list)) return undefined;
  let sum = 0;
  for (const [, number = '', unit = ''] of list.matchAll(ITEM)) {
    if (unit === 'and') continue;
    sum += Number(number.replace(',', '.')) * (UNITS.get(unitName(unit)) ?? NaN);
  }
  return sum < MAX_DURATION ? Math.round(sum) : undefined;
}

/** Whether a text such as "14h" or "1400h" may also mean a time of day. */
export function isClockLike(text: string): boolean {
  return /^(?:\d\d?|[01]\d[0-5]\d|2[0-3][0-5]\d) ?h$/.test(text);
}

function unitName(text: string): string {
  return UNITS.has(text) ? text : text.replace(/s$/, '');
}
