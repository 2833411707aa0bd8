import { type Phrase, phrase } from '../../../phrase';

// Dates and times as texts of ISO 8601, for the years 1 to 9999. They have as many digits after the
// point as their type can tell apart.

const DAY = 86_400_000;
const EARLIEST = Date.parse('0001-01-01T00:00:00Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

const DATE = /^\d{4}-\d\d-\d\d$/;
const TIME = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?$/;
const TIMESTAMP = /^(\d{4}-\d\d-\d\d)[T ]([\d:.]+)(Z|[+-]\d\d:?\d\d)?$/i;
const DURATION =
  /^P(?:(\d{1,9})Y)?(?:(\d{1,10})M)?(?:(\d{1,9})W)?(?:(\d{1,10})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,3}))?S)?)?$/;
const MAX_PART = 2 ** 32 - 1;

/** Digits of the fraction of a second that one unit is. */
export type Digits = 3 | 6 | 9;

/** A duration of Avro. Its parts stand beside each other, because months differ in length. */
export interface Duration {
  readonly months: number;
  readonly days: number;
  readonly millis: number;
}

/** Numbers with two and with three digits. */
const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));
const THREE_DIGITS = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'));

/** Returns the date that is so many days after 1970-01-01; `undefined` if there is no text for it. */
export function dateText(days: number): string | undefined {
  const millis = days * DAY;
  return millis < EARLIEST || millis > LATEST ? undefined : dayText(days);
}

/** Returns the days from 1970-01-01 to a date; `undefined` if the text is not a date. */
export function daysOf(text: string): number | undefined {
  return DATE.test(text) && isDay(text) ? Date.parse(`${text}T00:00:00Z`) / DAY : undefined;
}

/** Returns the time of day after so many units; `undefined` if a day is shorter. */
export function timeText(units: number | bigint, digits: Digits): string | undefined {
  const { millis, rest } = split(units, digits);
  if (millis < 0 || millis >= DAY) return undefined;
  return clockText(millis) + rest;
}

/** Returns the units from midnight to a time of day; otherwise what is wrong. */
export function unitsOfTime(text: string, digits: Digits): bigint | Phrase {
  const [, hours = '', minutes = '', seconds = '00', fraction = ''] = TIME.exec(text) ?? [];
  if (hours === '' || hours > '23' || minutes > '59' || seconds > '59') {
    return phrase('expected a time such as "10:15:30"');
  }
  if (/[1-9]/.test(fraction.slice(digits))) {
    return phrase('there are at most {0} digits after the point', digits);
  }
  const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return BigInt(`${whole}${fraction.slice(0, digits).padEnd(digits, '0')}`);
}

/** Returns the moment, or the local time, so many units after 1970-01-01T00:00:00, without zone. */
export function timestampText(units: number | bigint, digits: Digits): string | undefined {
  const { millis, rest } = split(units, digits);
  if (millis < EARLIEST || millis > LATEST) return undefined;
  const days = Math.floor(millis / DAY);
  return `${dayText(days)}T${clockText(millis - days * DAY)}${rest}`;
}

let lastDay = { days: 0, text: '1970-01-01' };

/** Messages that follow each other are mostly of the same day. */
function dayText(days: number): string {
  if (lastDay.days !== days) {
    lastDay = { days, text: new Date(days * DAY).toISOString().slice(0, 10) };
  }
  return lastDay.text;
}

/** Returns the time so many milliseconds after midnight; `toISOString` takes several times as long. */
function clockText(millis: number): string {
  const seconds = Math.floor(millis / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = TWO_DIGITS[Math.floor(minutes / 60)] ?? '';
  const rest = `${TWO_DIGITS[seconds % 60] ?? ''}.${THREE_DIGITS[millis % 1000] ?? ''}`;
  return `${hours}:${TWO_DIGITS[minutes % 60] ?? ''}:${rest}`;
}

/** Returns the units from 1970-01-01T00:00:00 to a moment; otherwise what is wrong. */
export function unitsOfTimestamp(text: string, digits: Digits, zoned: boolean): bigint | Phrase {
  const [, day = '', time = '', zone] = TIMESTAMP.exec(text) ?? [];
  if (day === '' || !isDay(day) || (zone === undefined) === zoned) {
    return zoned
      ? phrase('expected a date and time such as "2026-01-31T10:15:30Z"')
      : phrase('expected a date and time without a zone such as "2026-01-31T10:15:30"');
  }
  const units = unitsOfTime(time, digits);
  if (typeof units === 'object') return units;
  const [, sign = '+', hours = '0', minutes = '0'] =
    /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '') ?? [];
  const offset = Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
  const seconds = Date.parse(`${day}T00:00:00Z`) / 1000 - offset * 60;
  return BigInt(seconds) * 10n ** BigInt(digits) + units;
}

/** Returns a duration of ISO 8601, such as `P1M2DT0.003S`. */
export function durationText({ months, days, millis }: Duration): string {
  const seconds = `${Math.floor(millis / 1000)}.${String(millis % 1000).padStart(3, '0')}`;
  return `P${months}M${days}DT${seconds}S`;
}

/** Returns the duration that a text of ISO 8601 is; `undefined` if it is none, or too long. */
export function durationOf(text: string): Duration | undefined {
  const match = DURATION.exec(text);
  if (!match || /[PT]$/.test(text)) return undefined;
  const part = (index: number) => Number(match[index] ?? 0);
  const seconds = 3600 * part(5) + 60 * part(6) + part(7);
  const duration = {
    months: 12 * part(1) + part(2),
    days: 7 * part(3) + part(4),
    millis: 1000 * seconds + Number((match[8] ?? '').padEnd(3, '0')),
  };
  return Object.values(duration).every((part) => part <= MAX_PART) ? duration : undefined;
}

function split(units: number | bigint, digits: Digits): { millis: number; rest: string } {
  if (digits === 3) return { millis: Number(units), rest: '' };
  const perMilli = digits === 6 ? 1000 : 1_000_000;
  const whole = BigInt(units);
  const beyond = Number(whole % BigInt(perMilli));
  const rest = beyond < 0 ? beyond + perMilli : beyond;
  const millis = Number((whole - BigInt(rest)) / BigInt(perMilli));
  return { millis, rest: String(rest).padStart(digits - 3, '0') };
}

/** Whether the calendar has this day. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return time >= EARLIEST && new Date(time).toISOString().startsWith(text);
}
