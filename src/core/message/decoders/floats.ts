import type { Encoded } from './decoder';
import { numberDecoder } from './number';

const FLOAT = /^\s*(?:[+-]?(?:Infinity|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|NaN)/;

/** Floating point numbers of 64 bits. */
export const double = numberDecoder({
  name: 'double',
  size: 8,
  pattern: FLOAT,
  read: (bytes) => decimal(bytes.readDoubleBE()),
  write: ([number]) => encodeFloat(number, 8),
});

/** Floating point numbers of 32 bits. */
export const float = numberDecoder({
  name: 'float',
  size: 4,
  pattern: FLOAT,
  read: (bytes) => shortestFloat(bytes.readFloatBE()),
  write: ([number]) => encodeFloat(number, 4),
});

function encodeFloat(text: string, size: 4 | 8): Encoded {
  const number = Number(text);
  const kept = size === 8 ? number : Math.fround(number);
  if (!Number.isFinite(kept) && !/[IN]/.test(text)) return { problem: 'out-of-range' };
  const bytes = Buffer.alloc(size);
  if (size === 8) bytes.writeDoubleBE(number);
  else bytes.writeFloatBE(number);
  return { payload: bytes };
}

/** The shortest decimal that stands for this 32-bit number: `0.1`, not `0.10000000149011612`. */
export function shortestFloat(number: number): string {
  if (number === 0) return decimal(number);
  for (let digits = 1; digits < 9; digits += 1) {
    const shorter = Number(number.toPrecision(digits));
    if (Math.fround(shorter) === number) return String(shorter);
  }
  return String(number);
}

/** As `String`, but with the sign of a zero that has one. */
export function decimal(number: number): string {
  return Object.is(number, -0) ? '-0' : String(number);
}
