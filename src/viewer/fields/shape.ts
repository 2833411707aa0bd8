import type { JsonBytes } from './jsonBytes';

/** Longer texts have no shape: they would seldom have the same. */
const MOST_BYTES = 4096;
const [QUOTE, BACKSLASH, COLON, OPEN_ARRAY, OPEN_OBJECT] = [0x22, 0x5c, 0x3a, 0x5b, 0x7b];

/**
 * What is the same in JSON texts that differ only in their strings, numbers and words: all the bytes
 * between those. A text that has the shape of another one is JSON as well, and its parts stand at
 * the same places, which takes half the time to find out.
 */
export class Shape {
  /** Where what was sought stands in the text that was seen last. */
  start = 0;
  end = 0;
  readonly #fixed: Uint8Array;
  readonly #view: DataView;
  /** Where the fixed bytes before each value end, and at last all of them. */
  readonly #ends: readonly number[];
  readonly #wanted: number;

  private constructor(fixed: readonly number[], ends: readonly number[], wanted: number) {
    this.#fixed = Uint8Array.from(fixed);
    this.#view = new DataView(this.#fixed.buffer);
    this.#ends = ends;
    this.#wanted = wanted;
  }

  /**
   * Returns the shape of a text, which must be JSON, and in which what is sought stands from `wanted`
   * on, or nowhere. There is none if the text is long, or that is an object or an array.
   */
  static of(
    bytes: Uint8Array,
    start: number,
    end: number,
    wanted: number | undefined,
  ): Shape | undefined {
    const first = wanted === undefined ? undefined : bytes[wanted];
    if (end - start > MOST_BYTES || first === OPEN_OBJECT || first === OPEN_ARRAY) return undefined;
    const fixed: number[] = [];
    const ends: number[] = [];
    let found = -1;
    for (let at = start; at < end;) {
      const to = scalarEnd(bytes, at, end);
      if (to === at || isName(bytes, at, to, end)) {
        for (const next = Math.max(to, at + 1); at < next; at += 1) fixed.push(bytes[at] ?? 0);
        continue;
      }
      if (at === wanted) found = ends.length;
      ends.push(fixed.length);
      at = to;
    }
    ends.push(fixed.length);
    return new Shape(fixed, ends, found);
  }

  /** Whether all texts of this shape have what is sought. */
  get isFound(): boolean {
    return this.#wanted >= 0;
  }

  /** Whether the text that `json` is to begin has this shape. Notes where what is sought stands. */
  fits(json: JsonBytes, end: number): boolean {
    const last = this.#ends.length - 1;
    let from = 0;
    for (let value = 0; value <= last; value += 1) {
      const to = this.#ends[value] ?? 0;
      if (!json.takeSame(this.#view, from, to)) return false;
      from = to;
      if (value === last) break;
      const start = json.at;
      if (json.nextIs(OPEN_OBJECT) || json.nextIs(OPEN_ARRAY) || !json.skipValue()) return false;
      if (value !== this.#wanted) continue;
      this.start = start;
      this.end = json.at;
    }
    return json.at === end;
  }
}

/** Returns where the string, number or word ends that begins here; `at` if none does. */
function scalarEnd(bytes: Uint8Array, at: number, end: number): number {
  let to = at;
  if (bytes[at] === QUOTE) {
    for (to += 1; to < end && bytes[to] !== QUOTE; to += 1) if (bytes[to] === BACKSLASH) to += 1;
    return to + 1;
  }
  while (to < end && /[\w.+-]/.test(String.fromCharCode(bytes[to] ?? 0))) to += 1;
  return to;
}

/** Whether a string is the name of a member: a colon follows. */
function isName(bytes: Uint8Array, at: number, to: number, end: number): boolean {
  let next = to;
  while (next < end && (bytes[next] ?? 0) <= 0x20) next += 1;
  return bytes[at] === QUOTE && next < end && bytes[next] === COLON;
}
