import type { TimeProblem } from '../core/time/parse';

const SENTENCES: Readonly<Record<TimeProblem, string>> = {
  'day-order': 'This may be either of two days. Write the year first: "2026-11-22".',
  'year-missing': 'The year has four digits: "2026-11-22".',
  'no-such-day': 'There is no such day.',
  'no-such-time': 'There is no such time of day.',
  'half-missing': 'Write "am" or "pm" behind both times.',
  'zone-name':
    'Names of time zones are not understood. Write the offset from UTC, such as "+01:00", or "UTC".',
  'no-such-offset': 'Offsets from UTC go from -12:00 to +14:00.',
  duration:
    'This is a length of time. Write "14:00" for a time of day, or "14 hours ago" or "last 14 hours".',
  'is-span': 'This is a span of time.',
  'is-moment': 'This is one moment.',
  'empty-span': 'This span ends before it begins.',
  unknown: '',
};

/** Returns a sentence with a blank behind it, which says why a text is not a time, or nothing. */
export function timeProblem(problem: TimeProblem = 'unknown'): string {
  const sentence = SENTENCES[problem];
  return sentence && `${sentence} `;
}
