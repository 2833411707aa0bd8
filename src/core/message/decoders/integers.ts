import type { Encoded } from './decoder';
import { numberDecoder } from './number';

const INTEGER = /^\s*([+-]?)(0x[0-9a-f]+|\d+)/i;

export const short = integerDecoder('short', 2, (bytes) => bytes.readInt16BE());
export const integer = integerDecoder('integer', 4, (bytes) => bytes.readInt32BE());
export const long = integerDecoder('long', 8, (bytes) => bytes.readBigInt64BE());

/** Integers with a sign, exact at any size. `size` is in bytes. */
function integerDecoder<const Name extends string>(
  name: Name,
  size: number,
  read: (bytes: Buffer) => number | bigint,
) {
  return numberDecoder({
    name,
    size,
    pattern: INTEGER,
    read: (bytes) => String(read(bytes)),
    write: ([, sign = '', digits = '']) => encodeInteger(sign, digits, size),
  });
}

function encodeInteger(sign: string, digits: string, size: number): Encoded {
  // Reading a million digits takes a while, and no format holds that many.
  if (/[1-9a-f][0-9a-f]{30}/i.test(digits)) return { problem: 'out-of-range' };
  const number = sign === '-' ? -BigInt(digits) : BigInt(digits);
  if (BigInt.asIntN(8 * size, number) !== number) return { problem: 'out-of-range' };
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(number);
  return { payload: bytes.subarray(8 - size) };
}
