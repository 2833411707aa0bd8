import type { Row } from '../../viewer/protocol';

/** The minimum number of rows in a request. */
const BLOCK = 100;
/** The number of blocks that are kept: the ones used last. */
const MAX_BLOCKS = 60;

export interface RowRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** The rows of one version of the table that have arrived, in blocks. */
export class RowBlocks {
  readonly #blocks = new Map<number, readonly Row[]>();

  constructor(
    readonly version: number,
    /** The number of all rows, whether they have arrived or not. */
    public count: number,
  ) {}

  get(index: number): Row | undefined {
    return this.#blocks.get(Math.floor(index / BLOCK))?.[index % BLOCK];
  }

  /** Stores rows that were requested by a range from `missing` or `blocksAround`. */
  put(start: number, rows: readonly Row[]): void {
    if (start % BLOCK !== 0) return;
    for (let from = 0; from < rows.length; from += BLOCK) {
      const block = (start + from) / BLOCK;
      this.#blocks.delete(block);
      this.#blocks.set(block, rows.slice(from, from + BLOCK));
    }
    for (const block of this.#blocks.keys()) {
      if (this.#blocks.size <= MAX_BLOCKS) break;
      this.#blocks.delete(block);
    }
  }

  /**
   * Returns the range of whole blocks from the first to the last one that is missing in a range, or
   * `undefined` if none is.
   */
  missing(start: number, end: number): RowRange | undefined {
    const all = blocksAround(start, Math.min(end, this.count), this.count);
    const lacking: number[] = [];
    for (let at = all.start; at < all.end; at += BLOCK) {
      const block = at / BLOCK;
      const rows = this.#blocks.get(block);
      if ((rows?.length ?? 0) < Math.min(BLOCK, this.count - at)) lacking.push(at);
      else if (rows) {
        this.#blocks.delete(block);
        this.#blocks.set(block, rows);
      }
    }
    const [first] = lacking;
    const last = lacking.at(-1);
    return first === undefined || last === undefined
      ? undefined
      : { start: first, end: Math.min(last + BLOCK, this.count) };
  }
}

/** Returns a range widened to whole blocks, within the table. */
export function blocksAround(start: number, end: number, count: number): RowRange {
  return {
    start: Math.max(0, Math.floor(start / BLOCK) * BLOCK),
    end: Math.min(Math.ceil(end / BLOCK) * BLOCK, count),
  };
}
