import { form, type Form } from './form';
import type { TimeProblem } from './problem';
import { DAY } from './zones';

/** A time of day. */
export interface Clock {
  /** Milliseconds since midnight; 24:00 is the next midnight. */
  readonly time: number;
  readonly hasSeconds: boolean;
  /** Whether it says am or pm. */
  readonly hasHalf: boolean;
}

const SECONDS = '(\\d\\d)(?:[.,](\\d{1,9}))?';
const HALF = '(am|pm|a\\.m\\.?|p\\.m\\.?)(?![a-z])';
/** Words that may follow a time of day without changing it. */
const HOURS = "(?:uhr|hrs?|h|o'clock)\\b";

export const CLOCKS: readonly Form<Clock>[] = [
  form(
    `(\\d\\d?):(\\d\\d)(?::${SECONDS})?(?!\\d|:\\d)(?: ?${HALF}| ?${HOURS})?`,
    ([hour, minute, second, fraction, half]) => clock({ hour, minute, second, fraction, half }),
  ),
  form(`(\\d\\d?)(?:\\.(\\d\\d))? ?${HALF}`, ([hour, minute, half]) =>
    clock({ hour, minute, half }),
  ),
  form("(\\d\\d?)(?:\\.(\\d\\d))? ?(?:uhr|o'clock)\\b", ([hour, minute]) =>
    clock({ hour, minute }),
  ),
  form('(\\d\\d?) ?h ?(\\d\\d)?(?![a-z\\d])', ([hour, minute]) => clock({ hour, minute })),
  // Only behind a date is it clear that such digits are a time of day.
  form(
    `(?<=\\dt|\\d{8} ?)(\\d\\d)(\\d\\d)(?:${SECONDS})?(?!\\d)`,
    ([hour, minute, second, fraction]) => clock({ hour, minute, second, fraction }),
  ),
  form('noon\\b', () => clock({ hour: '12' })),
  form('midnight\\b', () => clock({ hour: '0' })),
];

function clock({
  hour,
  minute = '0',
  second,
  fraction = '',
  half,
}: Readonly<
  Record<'hour', string | undefined> &
    Partial<Record<'minute' | 'second' | 'fraction' | 'half', string | undefined>>
>): Clock | TimeProblem {
  const seconds = Number(second ?? 0);
  const hours = half === undefined ? Number(hour) : hourOfHalf(Number(hour), half);
  if (hours === undefined || Number(minute) > 59 || seconds > 59) return 'no-such-time';
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
  const time = ((hours * 60 + Number(minute)) * 60 + seconds) * 1000 + milliseconds;
  return time <= DAY
    ? { time, hasSeconds: second !== undefined, hasHalf: half !== undefined }
    : 'no-such-time';
}

/** Whether one of the two says am or pm and the other leaves it open, as in "2:00-3:00 pm". */
export function lacksHalf(a: Clock | undefined, b: Clock | undefined): boolean {
  return [a, b].some((clock) => clock?.hasHalf) && [a, b].some((clock) => clock && isOpen(clock));
}

function isOpen({ time, hasHalf }: Clock): boolean {
  return !hasHalf && time >= DAY / 24 && time < (13 * DAY) / 24;
}

/** 12 am is midnight, and 12 pm is noon. */
function hourOfHalf(hour: number, half: string): number | undefined {
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.startsWith('p') ? 12 : 0);
}
