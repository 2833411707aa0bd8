import type { Histogram, TimeSpan } from './protocol';

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];
/** Widths that people count in, in milliseconds. */
const WIDTHS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 4, 7, 14, 28].map((days) => days * DAY),
];
const MAX_BINS = 120;

/** A span is divided into so many parts to see where in it the messages are. */
const PARTS = 100;
/** So many parts are few, of those that the bulk of the messages takes, and of those that others do. */
const FEW_PARTS = 3;
/** At either end, one message of so many may be left out. */
const FEW_MESSAGES = 100;

/**
 * Messages by time, in bins of a width that people count in, mostly 50 to 120 of them. A few timestamps
 * far off, which would squeeze all others into a bin or two, are left out.
 *
 * @param total epoch milliseconds of all messages; NaN: none
 * @param matched those of the messages that the filter lets through
 * @returns `null` if no message has a timestamp
 */
export function makeHistogram(total: Float64Array, matched: Float64Array): Histogram | null {
  const span = spanOfMost(total);
  if (!span) return null;
  const width = widthOf(span);
  const from = Math.floor(span.from / width) * width;
  const bins = Math.floor((span.to - from) / width) + 1;
  const counts = count(total, from, width, bins);
  return {
    from,
    to: from + bins * width,
    width,
    total: counts,
    matched: matched === total ? counts : count(matched, from, width, bins),
    outside: total.length - sum(counts),
  };
}

/** The narrowest width that takes no more than `MAX_BINS` bins. */
function widthOf({ from, to }: TimeSpan): number {
  const fits = (width: number) => Math.floor(to / width) - Math.floor(from / width) < MAX_BINS;
  let widest = 28 * DAY;
  while (!fits(widest)) widest *= 2;
  return WIDTHS.find(fits) ?? widest;
}

function count(times: Float64Array, from: number, width: number, bins: number): number[] {
  const counts = new Uint32Array(bins);
  for (const time of times) {
    const bin = Math.floor((time - from) / width);
    // False for NaN, too.
    if (bin >= 0 && bin < bins) counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return [...counts];
}

/** From the first to the last timestamp, both inclusive, but for a few that are far off. */
function spanOfMost(times: Float64Array): TimeSpan | undefined {
  const all = spanWithin(times, { from: -Infinity, to: Infinity });
  if (!all) return undefined;
  const timed = times.reduce((sum, time) => sum + Number(!Number.isNaN(time)), 0);
  // Of a handful of messages each one counts.
  const few = timed < 10 ? 0 : Math.ceil(timed / FEW_MESSAGES);
  let span = all;
  for (let spare = { before: few, after: few }; span.from < span.to;) {
    const width = Math.ceil((span.to - span.from) / PARTS);
    const parts = count(times, span.from, width, PARTS + 1);
    const first = firstBeyond(parts, spare.before);
    const last = PARTS - firstBeyond(parts.toReversed(), spare.after);
    const others = parts.filter((part, at) => part > 0 && (at < first || at > last));
    if (last - first >= FEW_PARTS || others.length === 0 || others.length > FEW_PARTS) break;
    const bulk = { from: span.from + first * width, to: span.from + (last + 1) * width };
    const narrower = spanWithin(times, bulk);
    if (!narrower) break;
    spare = {
      before: spare.before - sum(parts.slice(0, first)),
      after: spare.after - sum(parts.slice(last + 1)),
    };
    span = narrower;
  }
  return span;
}

/** The first part with which more messages are passed than may be left out. */
function firstBeyond(parts: readonly number[], spare: number): number {
  let passed = 0;
  return parts.findIndex((part) => (passed += part) > spare);
}

/** From the first to the last timestamp that lies in a span, ends included. */
function spanWithin(times: Float64Array, { from, to }: TimeSpan): TimeSpan | undefined {
  let [first, last] = [Infinity, -Infinity];
  for (const time of times) {
    if (!(time >= from && time <= to)) continue;
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return first <= last ? { from: first, to: last } : undefined;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
