import type { Histogram, TimeSpan } from '../../viewer/protocol';

/**
 * The bins that the keyboard is at, as times, so that they stay when the bins are cut anew: where it
 * began to extend, and where it is.
 */
export class BinCursor {
  #anchor = -Infinity;
  #head = -Infinity;

  /** The bin that the keyboard is at. */
  bin(histogram: Histogram): number {
    return binAt(histogram, this.#head);
  }

  /** The bins from the first to the last. */
  bins(histogram: Histogram): readonly [first: number, last: number] {
    const [a, b] = [binAt(histogram, this.#anchor), binAt(histogram, this.#head)];
    return a < b ? [a, b] : [b, a];
  }

  /** Goes to a bin; with `extend`, everything from where it was before is meant too. */
  go(histogram: Histogram, bin: number, extend: boolean): void {
    const to = Math.min(Math.max(bin, 0), histogram.total.length - 1);
    this.#head = histogram.from + (to + 0.5) * histogram.width;
    if (!extend) this.#anchor = this.#head;
  }

  span(histogram: Histogram): TimeSpan {
    return spanOf(histogram, ...this.bins(histogram));
  }
}

/** The bin that a time falls into, or the nearest one. */
export function binAt({ from, width, total }: Histogram, time: number): number {
  return Math.min(Math.max(Math.floor((time - from) / width), 0), total.length - 1);
}

/** The time of bins, the last one included. */
export function spanOf({ from, width }: Histogram, first: number, last: number): TimeSpan {
  return { from: from + first * width, to: from + (last + 1) * width };
}

/** The messages of bins together. */
export function countIn(
  counts: readonly number[],
  [first, last]: readonly [number, number],
): number {
  return counts.slice(first, last + 1).reduce((sum, count) => sum + count, 0);
}
