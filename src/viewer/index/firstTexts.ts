import type { TextTable } from './textTable';

/** Rows that share the first `depth` bytes of their texts, and are still to be sorted by the rest. */
export interface Group {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

/** The upper half of the upper word of a key says where a text stands to the first one. */
export const SHIFT = 16;
/** It is the same. */
export const SAME = 0x8000;
/** It shares so many bytes with it, or more: the greatest number that is not `SAME` either way. */
const MOST_SHARED = 0x7ffe;
/** How many bytes of a text are in a key, after those that it shares with the first one. */
const KEY_BYTES = 6;

/** The words of an entry: row + 1, depth, bytes after the depth; then follow the first of these. */
const [ROW, DEPTH, LEFT, TEXT, ENTRY] = [0, 1, 2, 3, 24] as const;
const TEXT_BYTES = 4 * (ENTRY - TEXT);

/**
 * The first texts of groups, with which the others are compared. The bytes that most others differ
 * in stand close together here, because memory is slow where it is read in any order.
 */
export class FirstTexts {
  /** The key of the text that was compared last, in 32 bits each. */
  low = 0;
  high = 0;
  readonly #entries: Uint32Array;

  constructor(
    private readonly texts: TextTable,
    private readonly groups: readonly Group[],
  ) {
    this.#entries = new Uint32Array(ENTRY * groups.length);
  }

  /**
   * Makes the key of a text of a group: where it stands to the first one, how many bytes after the
   * depth it shares with that, and which bytes follow. The first text itself must come first.
   */
  compare(row: number, group: number): void {
    const entry = ENTRY * group;
    const first = (this.#entries[entry + ROW] ?? 0) - 1;
    this.low = 0;
    this.high = SAME << SHIFT;
    if (first < 0) {
      this.#put(entry, row, this.groups[group]?.depth ?? 0);
      return;
    }
    const { texts } = this;
    const view = texts.view(row);
    const depth = this.#entries[entry + DEPTH] ?? 0;
    const start = texts.start(row) + depth;
    const [length, other] = [texts.length(row) - depth, this.#entries[entry + LEFT] ?? 0];
    const shared = this.#shared(view, start, length, entry, row);
    if (shared === length && shared === other) return;
    const isLess =
      shared === length ||
      (shared < other && view.getUint8(start + shared) < this.#byte(entry, shared));
    const standing = Math.min(shared, MOST_SHARED);
    // Of two that are less, the one that shares less with the first one is the lesser one.
    this.high = (isLess ? standing : 0xffff - standing) << SHIFT;
    if (shared < MOST_SHARED) this.#add(view, start + shared, length - shared);
  }

  #put(entry: number, row: number, depth: number): void {
    const { texts } = this;
    const view = texts.view(row);
    const start = texts.start(row) + depth;
    const left = texts.length(row) - depth;
    this.#entries[entry + ROW] = row + 1;
    this.#entries[entry + DEPTH] = depth;
    this.#entries[entry + LEFT] = left;
    const end = Math.min(left, TEXT_BYTES);
    let at = 0;
    for (; at + 4 <= end; at += 4) {
      this.#entries[entry + TEXT + at / 4] = view.getUint32(start + at, true);
    }
    let rest = 0;
    for (let shift = 0; at < end; at += 1, shift += 8) rest |= view.getUint8(start + at) << shift;
    if (rest !== 0) this.#entries[entry + TEXT + (end >> 2)] = rest;
  }

  /** Returns how many bytes after the depth a text shares with the first one. */
  #shared(view: DataView, start: number, length: number, entry: number, row: number): number {
    const left = this.#entries[entry + LEFT] ?? 0;
    const most = Math.min(length, left, TEXT_BYTES);
    let at = 0;
    for (; at + 4 <= most; at += 4) {
      const differing =
        view.getUint32(start + at, true) ^ (this.#entries[entry + TEXT + at / 4] ?? 0);
      if (differing !== 0) return at + ((31 - Math.clz32(differing & -differing)) >> 3);
    }
    while (at < most && view.getUint8(start + at) === this.#byte(entry, at)) at += 1;
    if (at < TEXT_BYTES || length === at || left === at) return at;
    const depth = this.#entries[entry + DEPTH] ?? 0;
    const first = (this.#entries[entry + ROW] ?? 0) - 1;
    return this.texts.common(row, first, depth + at) - depth;
  }

  /** Returns a byte after the depth of the first text. */
  #byte(entry: number, at: number): number {
    if (at < TEXT_BYTES) {
      return ((this.#entries[entry + TEXT + (at >> 2)] ?? 0) >>> (8 * (at & 3))) & 0xff;
    }
    const first = (this.#entries[entry + ROW] ?? 0) - 1;
    const depth = this.#entries[entry + DEPTH] ?? 0;
    return this.texts.view(first).getUint8(this.texts.start(first) + depth + at);
  }

  /** Adds the next bytes to the key. */
  #add(view: DataView, from: number, left: number): void {
    if (left >= KEY_BYTES) {
      this.high |= view.getUint16(from);
      this.low = view.getUint32(from + 2);
      return;
    }
    for (let index = 0; index < left; index += 1) {
      const byte = view.getUint8(from + index);
      if (index < 2) this.high |= byte << (8 - 8 * index);
      else this.low |= byte << (40 - 8 * index);
    }
  }
}
