import { casesOf } from './bytesPattern';

/** As many as a number has bits. */
const MOST_BYTES = 31;

/**
 * Finds a text in UTF-8, in any case, just where `bytesPattern` finds it. Looks first at the two
 * places where it stood before, because in messages of one kind it mostly stands there. Then it
 * skips bytes as Horspool's algorithm does.
 */
export class CaselessText {
  /** The characters, each as the bytes of its cases. None of these begins or ends with another. */
  readonly #characters: readonly Cases[];
  readonly #run: Run;
  /** Has the bit 2^n if a byte may be the n-th one of the run. */
  readonly #places = new Uint32Array(256);
  /** How far the end of the run is at least from a byte. */
  readonly #skips = new Uint8Array(256);
  /** The same for a byte at the end that is to be passed. */
  readonly #passes = new Uint8Array(256);
  /** Where the run ended the last time, and before that somewhere else. */
  #last = 0;
  #before = 0;

  /** The text must not be empty. */
  constructor(text: string) {
    this.#characters = Array.from(text, (character) =>
      casesOf(character).map((bytes) => Buffer.from(bytes, 'latin1')),
    );
    this.#run = longestRun(this.#characters);
    const { bytes, length } = this.#run;
    this.#skips.fill(length);
    this.#passes.fill(length);
    for (const [place, possible] of bytes.entries()) {
      const left = length - 1 - place;
      for (const byte of possible) {
        this.#places[byte] = (this.#places[byte] ?? 0) | (1 << place);
        this.#skips[byte] = left;
        if (left > 0) this.#passes[byte] = left;
      }
    }
  }

  /** Returns whether the text stands in these bytes. */
  isIn(bytes: Uint8Array, from: number, to: number): boolean {
    const first = from + this.#run.length - 1;
    if (this.#endsAt(from + this.#last, bytes, from, to)) return true;
    if (this.#endsAt(from + this.#before, bytes, from, to)) {
      const before = this.#before;
      this.#before = this.#last;
      this.#last = before;
      return true;
    }
    let at = first;
    while (at < to) {
      const byte = bytes[at] ?? 0;
      const skip = this.#skips[byte] ?? 1;
      if (skip > 0) at += skip;
      else if (this.#endsAt(at, bytes, from, to)) {
        this.#before = this.#last;
        this.#last = at - from;
        return true;
      } else at += this.#passes[byte] ?? 1;
    }
    return false;
  }

  /** Whether the run ends with this byte, and the text stands around it. */
  #endsAt(end: number, bytes: Uint8Array, from: number, to: number): boolean {
    const { length, known, surely, to: next } = this.#run;
    if (end >= to || end - length + 1 < from) return false;
    for (let place = length - 1, at = end; place >= 0; place -= 1, at -= 1) {
      if (((this.#places[bytes[at] ?? 0] ?? 0) & (1 << place)) === 0) return false;
    }
    let at = end + 1 - surely;
    for (let index = known - 1; index >= 0; index -= 1) {
      const found = this.#characters[index]?.find((each) =>
        isAt(each, bytes, at - each.length, from, to),
      );
      if (!found) return false;
      at -= found.length;
    }
    at = end + 1;
    for (let index = next; index < this.#characters.length; index += 1) {
      const found = this.#characters[index]?.find((each) => isAt(each, bytes, at, from, to));
      if (!found) return false;
      at += found.length;
    }
    return true;
  }
}

/** The bytes of a character, in each of its cases. */
type Cases = readonly Uint8Array[];

/** Some consecutive characters of a text that have as many bytes in each case. */
interface Run {
  /**
   * The bytes that are possible at each place. Those at the beginning may be the last ones of a
   * character before the run.
   */
  readonly bytes: readonly (readonly number[])[];
  /** How many places there are. */
  readonly length: number;
  /** Which character follows the run. */
  readonly to: number;
  /** From this character on, bytes that are possible are a case of it; `surely` are those. */
  readonly known: number;
  readonly surely: number;
}

function longestRun(characters: readonly Cases[]): Run {
  let longest: Run | undefined;
  let run: Run = { bytes: [], length: 0, to: 0, known: 0, surely: 0 };
  for (const [index, cases] of characters.entries()) {
    const size = Math.min(...cases.map(({ length }) => length));
    const isFixed = cases.every(({ length }) => length === size);
    const isNew = !isFixed || run.length + size > MOST_BYTES;
    const before: Run = isNew ? { bytes: [], length: 0, to: index, known: index, surely: 0 } : run;
    const bytes = Array.from({ length: size }, (_, place) =>
      cases.map((each) => each[each.length - size + place] ?? 0),
    );
    const isKnown = isFixed && (size === 1 || cases.length === 1);
    run = {
      bytes: [...before.bytes, ...bytes],
      length: before.length + size,
      to: index + 1,
      known: isKnown ? before.known : index + 1,
      surely: isKnown ? before.surely + size : 0,
    };
    if (run.length > (longest?.length ?? 0)) longest = run;
  }
  return longest ?? run;
}

function isAt(text: Uint8Array, bytes: Uint8Array, at: number, from: number, to: number): boolean {
  if (at < from || at + text.length > to) return false;
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[at + index] !== text[index]) return false;
  }
  return true;
}
