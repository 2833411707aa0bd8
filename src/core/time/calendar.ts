import { form, type Form } from './form';
import type { TimeProblem } from './problem';
import { DAY, startOfDay, type Wall } from './zones';

/** One or several days: the midnight that they begin with, and the one that they end with. */
export interface Days {
  readonly from: Wall;
  readonly to: Wall;
}

/** Returns the days that a text means, given today and the year, if that was written apart. */
export type DaysAt = (today: Wall, year?: string) => Days | TimeProblem;

/** Kafka's timestamps begin here. */
const FIRST_YEAR = 1970;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\b';
const DATE = '(\\d\\d?)(?:st|nd|rd|th)?';

/** Days, the most specific ways of writing first. */
export const DAYS: readonly Form<DaysAt>[] = [
  form('(\\d{4})([-/.])(\\d\\d?)\\2(\\d\\d?)(?!\\d)', ([year, , month, date]) =>
    dayOf(year, month, date),
  ),
  form(`(\\d{4})[-/ ]${MONTH}[-/ ](\\d\\d?)(?!\\d)`, ([year, month, date]) =>
    dayOf(year, monthNumber(month), date),
  ),
  // Without anything between the numbers, only a year of this age is one.
  form('((?:19|20)\\d\\d)(\\d\\d)(\\d\\d)(?=$|[ t_]|\\d{4}(?:\\d\\d)?$)', ([year, month, date]) =>
    dayOf(year, month, date),
  ),
  form('(\\d\\d?)\\. ?(\\d\\d?)\\. ?(\\d{4})(?!\\d)', ([date, month, year]) =>
    dayOf(year, month, date),
  ),
  form('(\\d\\d?)([-/])(\\d\\d?)\\2(\\d{4})(?!\\d)', ([first, , second, year]) =>
    dayInSomeOrder(first, second, year),
  ),
  form(
    `${DATE}\\.?(?: of)?[-/ ]*${MONTH}(?:[-/ ,.]+(\\d{4}|\\d\\d))?(?![\\d]|:\\d\\d(?!:))`,
    ([date, month, year]) => dayOf(year, monthNumber(month), date),
  ),
  form(
    `${MONTH}[-/ .]*${DATE}(?!\\d|:|st|nd|rd|th)(?:,? (\\d{4})(?!\\d|:))?`,
    ([month, date, year]) => dayOf(year, monthNumber(month), date),
  ),
  form<DaysAt>('\\d\\d?([-/.])\\d\\d?\\1\\d\\d(?![\\d:])', () => 'year-missing'),
  form<DaysAt>('\\d\\d?\\.\\d\\d?\\.(?!\\d)|\\d\\d?/\\d\\d?(?![\\d/:])', () => 'year-missing'),
  form('today\\b', () => (today) => daysFrom(today)),
  form('yesterday\\b', () => (today) => daysFrom(today - DAY)),
  form('tomorrow\\b', () => (today) => daysFrom(today + DAY)),
  form('day before yesterday\\b', () => (today) => daysFrom(today - 2 * DAY)),
  form('this week\\b', () => (today) => daysFrom(today - ((weekdayOf(today) + 6) % 7) * DAY, 7)),
  form('this month\\b', () => (today) => calendarDays(today, 1)),
  form('this year\\b', () => (today) => calendarDays(today, 12)),
];

export interface Weekday {
  /** 0 is Sunday. */
  readonly number: number;
  /** Whether today is not meant. */
  readonly isLast: boolean;
}

export const WEEKDAYS: readonly Form<Weekday>[] = [
  form(
    '(last )?(sun|mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?)(?:day)?\\b\\.?',
    ([last, name = '']) => ({
      number: WEEKDAY_NAMES.indexOf(name.slice(0, 3)),
      isLast: last !== undefined,
    }),
  ),
];

/** Returns the latest day of that name. Messages lie in the past, so it is never in the future. */
export function weekdayBefore(today: Wall, { number, isLast }: Weekday): Days {
  const ago = (weekdayOf(today) - number + 7) % 7;
  return daysFrom(today - (ago === 0 && isLast ? 7 : ago) * DAY);
}

export function weekdayOf(wall: Wall): number {
  return new Date(wall).getUTCDay();
}

function dayOf(year: string | undefined, month?: string, date?: string): DaysAt {
  return (_, yearApart) => {
    const written = year ?? yearApart;
    if (written?.length !== 4) return 'year-missing';
    const day = Date.UTC(Number(written), Number(month) - 1, Number(date));
    const read = new Date(day);
    // The 30th of February would be the 2nd of March.
    const exists = read.getUTCMonth() === Number(month) - 1 && read.getUTCDate() === Number(date);
    return exists && Number(written) >= FIRST_YEAR ? daysFrom(day) : 'no-such-day';
  };
}

/** Some countries write the day first, others the month. It is clear if one is above 12. */
function dayInSomeOrder(first?: string, second?: string, year?: string): DaysAt | TimeProblem {
  if (Number(first) > 12 || first === second) return dayOf(year, second, first);
  return Number(second) > 12 ? dayOf(year, first, second) : 'day-order';
}

function monthNumber(name = ''): string {
  return String(MONTHS.indexOf(name.slice(0, 3)) + 1);
}

function daysFrom(wall: Wall, count = 1): Days {
  const from = startOfDay(wall);
  return { from, to: from + count * DAY };
}

/** Returns the calendar month of a day, or, with 12 months, its year. */
function calendarDays(today: Wall, months: 1 | 12): Days {
  const date = new Date(today);
  const [year, month] = [date.getUTCFullYear(), months === 1 ? date.getUTCMonth() : 0];
  return { from: Date.UTC(year, month), to: Date.UTC(year, month + months) };
}
