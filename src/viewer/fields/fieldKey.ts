import type { Place } from './findField';
import { unescaped } from './findField';

/**
 * The maximum length of a key. Texts that have the same beginning up to there count as the same, so
 * that the keys of a million messages fit into memory.
 */
export const MAX_KEY = 256;

/** The first byte of a key, by what the field holds. */
const Kind = { null: 1, false: 2, true: 3, number: 4, text: 5, other: 6 } as const;
/** The second byte of the key of a number. */
const Sign = { negative: 0, zero: 1, positive: 2 } as const;
/** After the digits of a negative number, so that of two the one with more digits is the smaller. */
const LAST = 0xff;
const MAX_EXPONENT = 2 ** 31 - 1;

/**
 * Writes a key for the JSON value at a place: bytes whose order is that of the values. Nulls come
 * first, then false, true, numbers by their exact value, texts by code points, and objects and
 * arrays as they are written. `target` has room for `MAX_KEY` bytes at `at`. Returns the end of the
 * key.
 */
export function writeFieldKey(
  bytes: Uint8Array,
  { start, end }: Place,
  target: Uint8Array,
  at: number,
): number {
  const first: number = bytes[start] ?? 0;
  switch (first) {
    case 0x6e: // n
      return writeByte(target, at, Kind.null);
    case 0x66: // f
      return writeByte(target, at, Kind.false);
    case 0x74: // t
      return writeByte(target, at, Kind.true);
    case 0x22: // "
      return writeText(bytes, start + 1, end - 1, target, writeByte(target, at, Kind.text));
    case 0x5b: // [
    case 0x7b: // {
      return copy(bytes, start, end, target, writeByte(target, at, Kind.other));
    default:
      return writeNumber(bytes, start, end, target, writeByte(target, at, Kind.number));
  }
}

function writeByte(target: Uint8Array, at: number, byte: number): number {
  target[at] = byte;
  return at + 1;
}

/** Copies as many bytes as a key may have. */
function copy(
  bytes: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  at: number,
): number {
  const length = Math.min(end - start, MAX_KEY - 1);
  target.set(bytes.subarray(start, start + length), at);
  return at + length;
}

function writeText(
  bytes: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  at: number,
): number {
  // An escape takes at most six bytes for one, and the last one may be cut in two.
  const head = bytes.subarray(start, Math.min(end, start + 6 * MAX_KEY));
  if (!head.includes(0x5c)) return copy(bytes, start, end, target, at);
  const least = Math.max(start, start + head.length - 6);
  for (let to = start + head.length; to >= least; to -= 1) {
    const text = unescaped(bytes, start, to);
    if (text === undefined) continue;
    const made = Buffer.from(text);
    return copy(made, 0, made.length, target, at);
  }
  return copy(bytes, start, end, target, at);
}

function writeNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  at: number,
): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
  const [, minus = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`;
  const first = digits.search(/[1-9]/);
  if (first < 0) return writeByte(target, at, Sign.zero);
  const isNegative = minus !== '';
  const power = whole.length - first + Number(exponent);
  const biased = Math.min(Math.max(power, -MAX_EXPONENT), MAX_EXPONENT) + MAX_EXPONENT;
  const flip = isNegative ? 0xff : 0;
  let next = writeByte(target, at, isNegative ? Sign.negative : Sign.positive);
  for (let shift = 24; shift >= 0; shift -= 8) {
    next = writeByte(target, next, ((biased >>> shift) & 0xff) ^ flip);
  }
  let last = Math.min(digits.length, first + MAX_KEY - 8);
  while (digits[last - 1] === '0') last -= 1;
  for (let index = first; index < last; index += 1) {
    next = writeByte(target, next, digits.charCodeAt(index) ^ flip);
  }
  return isNegative ? writeByte(target, next, LAST) : next;
}
