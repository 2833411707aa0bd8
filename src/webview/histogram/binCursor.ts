import type { Histogram, TimeSpan } from '../../viewer/protocol';

/**
 * The bins selected with the keyboard, stored as times, so that they stay when the bins change:
 * where the selection began, and where the cursor is.
 */
export class BinCursor {
  #anchor = -Infinity;
  #head = -Infinity;

  /** Returns the bin that the cursor is at. */
  bin(histogram: Histogram): number {
    return binAt(histogram, this.#head);
  }

  /** Returns the first and the last selected bin. */
  bins(histogram: Histogram): readonly [first: number, last: number] {
    const [a, b] = [binAt(histogram, this.#anchor), binAt(histogram, this.#head)];
    return a < b ? [a, b] : [b, a];
  }

  /** Moves to a bin; with `extend`, the selection reaches from where it began to there. */
  go(histogram: Histogram, bin: number, extend: boolean): void {
    const to = Math.min(Math.max(bin, 0), histogram.total.length - 1);
    this.#head = histogram.from + (to + 0.5) * histogram.width;
    if (!extend) this.#anchor = this.#head;
  }

  span(histogram: Histogram): TimeSpan {
    return spanOf(histogram, ...this.bins(histogram));
  }
}

/** Returns the bin that contains a time, or the nearest one. */
export function binAt({ from, width, total }: Histogram, time: number): number {
  return Math.min(Math.max(Math.floor((time - from) / width), 0), total.length - 1);
}

/** Returns the time span of bins, including the last one. */
export function spanOf({ from, width }: Histogram, first: number, last: number): TimeSpan {
  return { from: from + first * width, to: from + (last + 1) * width };
}

/** Returns how many messages the bins contain together. */
export function countIn(
  counts: readonly number[],
  [first, last]: readonly [number, number],
): number {
  return counts.slice(first, last + 1).reduce((sum, count) => sum + count, 0);
}
