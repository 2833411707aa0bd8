/** Kafka's timestamp of a record that has none. */
export const NO_TIMESTAMP = -1;
/** The last millisecond that a `Date` can hold, and the first one with its sign changed. */
const MAX_TIMESTAMP = 8.64e15;
const ISO = /^(?:\d{4}|[+-]\d{6})-\d\d-\d\d(?:T.*)?$/;

/** The epoch milliseconds of a text that gives them as such or in ISO 8601; `undefined` for others. */
export function parseTimestamp(text: string): number | undefined {
  const time = /^\d{1,16}$/.test(text) ? Number(text) : ISO.test(text) ? Date.parse(text) : NaN;
  return Math.abs(time) <= MAX_TIMESTAMP ? time : undefined;
}

/**
 * A clock that writes ISO 8601, or nothing for no time and for one that ISO 8601 cannot say. It asks
 * `toISOString`, which is slow, once for all records of a second that follow each other.
 */
export function isoClock(): (timestamp: number) => string | undefined {
  let second = NaN;
  let text = '';
  return (timestamp) => {
    if (timestamp === NO_TIMESTAMP || !(Math.abs(timestamp) <= MAX_TIMESTAMP)) return undefined;
    const ms = Math.floor(timestamp);
    if (Math.floor(ms / 1000) !== second) {
      second = Math.floor(ms / 1000);
      text = new Date(second * 1000).toISOString().slice(0, -'000Z'.length);
    }
    return `${text}${String(ms - second * 1000).padStart(3, '0')}Z`;
  };
}
