import { formatTime } from '../../core/time/parse';
import { timeContext } from '../base/settings';

/** Returns a date, in epoch milliseconds, by the clock of the settings. */
export function dateWords(date: number): string {
  return formatTime(date, timeContext().zone);
}
