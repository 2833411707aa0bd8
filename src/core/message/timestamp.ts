/** The timestamp that Kafka gives for a record without one. */
export const NO_TIMESTAMP = -1;
/** The furthest that a `Date` reaches from 1970 in both directions, in milliseconds. */
const MAX_TIMESTAMP = 8.64e15;
const ISO = /^(?:\d{4}|[+-]\d{6})-\d\d-\d\d(?:T.*)?$/;

/**
 * Returns the time in epoch milliseconds of a text that contains those or ISO 8601, or `undefined`
 * for any other text.
 */
export function parseTimestamp(text: string): number | undefined {
  const time = /^\d{1,16}$/.test(text) ? Number(text) : ISO.test(text) ? Date.parse(text) : NaN;
  return Math.abs(time) <= MAX_TIMESTAMP ? time : undefined;
}

/**
 * Returns a function that writes a time in ISO 8601. That returns `undefined` for no time and for
 * one that ISO 8601 cannot express. It calls `toISOString`, which is slow, only once for
 * consecutive times in the same second.
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
