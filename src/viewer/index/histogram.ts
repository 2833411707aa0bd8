import type { Histogram } from '../protocol';

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];
/** The possible widths of bins: round times, in milliseconds. */
const WIDTHS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 4, 7, 14, 28].map((days) => days * DAY),
];
const MAX_BINS = 120;

/** If most messages fall into fewer bins than this, outliers are left out to see more of them. */
const FEW_BINS = 3;
const MANY_BINS = 40;
/** At each end, one message in this many may be left out. */
const FEW_MESSAGES = 100;

/**
 * Bins of equal width that begin at `from`, and the number of messages in each. Times are in
 * milliseconds.
 */
interface Bins {
  readonly from: number;
  readonly width: number;
  readonly counts: readonly number[];
}

/**
 * Counts messages, all of which match, in bins of a round width, usually 50 to 120 of them. A few
 * timestamps far from the others are left out if they would squeeze the others into a bin or two.
 *
 * @param times epoch milliseconds of each message; NaN or -1: none
 * @returns `null` if no message has a timestamp
 */
export function makeHistogram(times: Float64Array): Histogram | null {
  const bins = binsOfMost(times);
  if (!bins) return null;
  const { from, width, counts } = bins;
  const to = from + counts.length * width;
  return { from, to, width, total: counts, matched: counts, outside: times.length - sum(counts) };
}

/** Returns the histogram for matches at these times only; `null`: all messages match. */
export function withMatched(histogram: Histogram, times: Float64Array | null): Histogram {
  const { from, width, total } = histogram;
  return { ...histogram, matched: times ? count(times, from, width, total.length) : total };
}

function binsOfMost(times: Float64Array): Bins | undefined {
  let bins = binsWithin(times, 0, Infinity);
  if (!bins) return undefined;
  const all = sum(bins.counts);
  // With only a handful of messages, each one matters.
  const few = all < 10 ? 0 : Math.ceil(all / FEW_MESSAGES);
  let before = few;
  let after = few;
  for (;;) {
    const { from, width, counts }: Bins = bins;
    const first = firstBeyond(counts, before);
    const last = counts.length - 1 - firstBeyond(counts.toReversed(), after);
    const others = counts.filter((each, bin) => each > 0 && (bin < first || bin > last)).length;
    const squeezed = counts.length > MANY_BINS && last - first < FEW_BINS;
    if (!squeezed || others === 0 || others > FEW_BINS) return bins;
    before -= sum(counts.slice(0, first));
    after -= sum(counts.slice(last + 1));
    const narrower = binsWithin(times, from + first * width, from + (last + 1) * width);
    if (!narrower) return bins;
    bins = narrower;
  }
}

/** Returns the first bin up to which there are more messages than may be left out. */
function firstBeyond(counts: readonly number[], spare: number): number {
  let passed = 0;
  return counts.findIndex((each) => (passed += each) > spare);
}

/** Returns bins for the times from `from` to `to` (exclusive), if there are any. */
function binsWithin(times: Float64Array, from: number, to: number): Bins | undefined {
  let first = Infinity;
  let last = -Infinity;
  // For typed arrays, a loop with a counter takes a third of the time of `for ... of`.
  for (let at = 0; at < times.length; at += 1) {
    const time = times[at] ?? NaN;
    if (!(time >= from && time < to)) continue;
    if (time < first) first = time;
    if (time > last) last = time;
  }
  if (first > last) return undefined;
  const width = widthOf(first, last);
  const begin = Math.floor(first / width) * width;
  const bins = Math.floor((last - begin) / width) + 1;
  return { from: begin, width, counts: count(times, begin, width, bins) };
}

/** Returns the narrowest width that needs no more than `MAX_BINS` bins. */
function widthOf(first: number, last: number): number {
  const fits = (width: number) => Math.floor(last / width) - Math.floor(first / width) < MAX_BINS;
  let widest = 28 * DAY;
  while (!fits(widest)) widest *= 2;
  return WIDTHS.find(fits) ?? widest;
}

function count(times: Float64Array, from: number, width: number, bins: number): number[] {
  const counts = new Uint32Array(bins);
  for (let at = 0; at < times.length; at += 1) {
    const bin = Math.floor(((times[at] ?? NaN) - from) / width);
    // False for NaN, too.
    if (bin >= 0 && bin < bins) counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return [...counts];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
