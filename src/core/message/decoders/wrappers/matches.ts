/** A part of data that is written as it is, and a match: what came before is repeated. */
export interface Sequence {
  /** Where the part that is written as it is begins and ends. */
  readonly start: number;
  readonly end: number;
  /** How many bytes before `end` the match begins. */
  readonly back: number;
  /** How many bytes match. */
  readonly count: number;
}

/** The shortest match, and the farthest that one may be, in bytes. */
const MIN_MATCH = 4;
const MAX_BACK = 65_535;
/** LZ4 wants the last bytes as they are, and no match to begin near the end. */
const TAIL = 5;
const MARGIN = 12;
const HASH_BITS = 14;

/**
 * Finds what repeats in data, in the way of the fast compressors: of each four bytes, only the last
 * place is remembered. What follows the last sequence matches nothing.
 */
export function* findMatches(bytes: Buffer): Generator<Sequence, void, void> {
  const places = new Int32Array(1 << HASH_BITS).fill(-1);
  const limit = bytes.length - TAIL;
  let start = 0;
  for (let at = 0; at + MARGIN <= bytes.length;) {
    const word = bytes.readUInt32LE(at);
    const hash = Math.imul(word, 0x9e3779b1) >>> (32 - HASH_BITS);
    const from = places[hash] ?? -1;
    places[hash] = at;
    if (from < 0 || at - from > MAX_BACK || bytes.readUInt32LE(from) !== word) {
      at += 1;
      continue;
    }
    let count = MIN_MATCH;
    while (at + count < limit && bytes[at + count] === bytes[from + count]) count += 1;
    yield { start, end: at, back: at - from, count };
    at += count;
    start = at;
  }
}

/**
 * Copies `count` bytes to `at` from `back` bytes before it. The two may overlap, which repeats what
 * is between. Returns whether there are such bytes, and room for them.
 */
export function copyBack(output: Buffer, at: number, back: number, count: number): boolean {
  const from = at - back;
  if (back === 0 || from < 0 || at + count > output.length) return false;
  if (back >= count) output.copyWithin(at, from, from + count);
  else
    for (let index = 0; index < count; index += 1) output[at + index] = output[from + index] ?? 0;
  return true;
}
