import * as vscode from 'vscode';
import type { TimeProblem } from '../../core/time/parse';

/** Says why a text is not a time, or not a span of time, and what to write instead. */
export function timeProblem(problem: TimeProblem): string {
  const t = vscode.l10n.t;
  switch (problem) {
    case 'day-order':
      return t('This may be either of two days. Write the year first, such as 2026-11-22.');
    case 'year-missing':
      return t('Write the year with four digits, such as 2026-11-22.');
    case 'no-such-day':
      return t('There is no such day. Write one such as 2026-11-22.');
    case 'no-such-time':
      return t('There is no such time of day. Write one such as 14:00.');
    case 'half-missing':
      return t('Write am or pm behind both times, or times such as 14:00.');
    case 'zone-name':
      return t(
        'Names of time zones are not understood. Write the offset from UTC, such as +01:00, or UTC.',
      );
    case 'no-such-offset':
      return t('Offsets from UTC go from -12:00 to +14:00. Write one such as +01:00.');
    case 'duration':
      return t('This is a length of time. Write 14:00, 14 hours ago or last 14 hours.');
    case 'is-span':
      return t('This is a span of time. Write only its beginning, such as 2026-11-22 14:00.');
    case 'is-moment':
      return t('This is one moment. Write a span such as 14:00 to 14:05 or since 14:00.');
    case 'empty-span':
      return t('The end is not after the beginning.');
    case 'unknown':
      return t('This is not understood. Write a date such as 2026-11-22 14:00.');
  }
}
