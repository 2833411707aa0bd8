import type { Histogram } from './protocol';

/**
 * Messages by time.
 *
 * @param total epoch milliseconds of all messages; NaN: none
 * @param matched those of the messages that the filter lets through
 * @returns `null` if no message has a timestamp
 */
export function makeHistogram(total: Float64Array, matched: Float64Array): Histogram | null {
  return total.length < matched.length
    ? { from: 0, to: 0, width: 1, total: [], matched: [] }
    : null;
}
