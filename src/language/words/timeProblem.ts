import * as l10n from '@vscode/l10n';
import type { TimeProblem } from '../../core/time/parse';

const SENTENCES: Readonly<Record<TimeProblem, () => string>> = {
  'day-order': () => l10n.t('This may be either of two days. Write the year first: "2026-11-22".'),
  'year-missing': () => l10n.t('The year has four digits: "2026-11-22".'),
  'no-such-day': () => l10n.t('There is no such day.'),
  'no-such-time': () => l10n.t('There is no such time of day.'),
  'half-missing': () => l10n.t('Write "am" or "pm" behind both times.'),
  'zone-name': () =>
    l10n.t(
      'Names of time zones are not understood. Write the offset from UTC, such as "+01:00", or "UTC".',
    ),
  'no-such-offset': () => l10n.t('Offsets from UTC go from -12:00 to +14:00.'),
  duration: () =>
    l10n.t(
      'This is a length of time. Write "14:00" for a time of day, or "14 hours ago" or "last 14 hours".',
    ),
  'is-span': () => l10n.t('This is a span of time.'),
  'is-moment': () => l10n.t('This is one moment.'),
  'empty-span': () => l10n.t('This span ends before it begins.'),
  unknown: () => '',
};

/** Returns a sentence that says why a text is not a time, or nothing. */
export function timeProblem(problem: TimeProblem = 'unknown'): string {
  return SENTENCES[problem]();
}
