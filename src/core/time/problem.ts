/** What is wrong with a text that does not mean a time, or not the kind of time that is asked for. */
export type TimeProblem =
  /** Day and month could be meant in either order, as in "11/12/2026". */
  | 'day-order'
  /** The year is missing or has two digits. */
  | 'year-missing'
  /** The calendar has no such day, or it is another day of the week. */
  | 'no-such-day'
  | 'no-such-time'
  /** Only one end of a span says am or pm, as in "2:00-3:00 pm". */
  | 'half-missing'
  /** A zone has a name such as "CET", which stands for different offsets. */
  | 'zone-name'
  /** An offset from UTC that no zone has. */
  | 'no-such-offset'
  /** A length of time such as "3 days" or "14h" where a moment is asked for. */
  | 'duration'
  /** A span where a moment is asked for. */
  | 'is-span'
  /** A moment where a span is asked for. */
  | 'is-moment'
  /** The end of a span is not after its beginning. */
  | 'empty-span'
  | 'unknown';

export function isProblem(value: unknown): value is TimeProblem {
  return typeof value === 'string';
}
