/** The last millisecond that a `Date` can hold. */
const MAX_TIME = 8.64e15;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB-u-ca-iso8601', {
      timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  return format;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * Formats a time as `2026-11-22 14:00:00.123` in a time zone; returns the number if it is not a
 * valid time.
 */
export function formatTime(time: number, timeZone: string): string {
  if (Math.abs(time) > MAX_TIME) return String(time);
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(time)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  const clock = `${part('hour')}:${part('minute')}:${part('second')}`;
  return `${date} ${clock}.${part('fractionalSecond')}`;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/**
 * Formats a time as precisely as values `step` milliseconds apart need: `2026-11-22`, `14:00`,
 * `14:00:05` or `14:00:05.250`.
 */
export function formatTimeBy(time: number, step: number, timeZone: string): string {
  const text = formatTime(time, timeZone);
  const [date = '', clock = ''] = text.split(' ');
  if (step >= DAY) return date;
  if (step >= MINUTE) return clock.slice(0, 5);
  return step >= SECOND ? clock.slice(0, 8) : clock;
}

/** As `formatTimeBy`, with the date if times within `range` milliseconds are not all on one day. */
export function formatTimeIn(time: number, step: number, range: number, timeZone: string): string {
  const text = formatTimeBy(time, step, timeZone);
  if (step >= DAY || range < DAY) return text;
  return `${formatTimeBy(time, DAY, timeZone)} ${text}`;
}
