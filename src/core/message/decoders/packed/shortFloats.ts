/** Reads a number of 16 bits (IEEE 754, binary16). */
export function readHalf(bytes: Buffer): number {
  const half = bytes.readUInt16BE();
  const [exponent, fraction] = [(half >>> 10) & 31, half & 1023];
  const sign = half >>> 15 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** Returns a number in CBOR, in the fewest bytes that keep it. */
export function floatBytes(number: number): Buffer {
  const double = Buffer.alloc(9, 0xfb);
  double.writeDoubleBE(number, 1);
  if (Math.fround(number) !== number) return double;
  const half = halfOf(number);
  if (half !== undefined) return Buffer.of(0xf9, half >>> 8, half & 255);
  const single = Buffer.alloc(5, 0xfa);
  single.writeFloatBE(number, 1);
  return single;
}

/** Returns the 16 bits of a number; `undefined` if they do not keep it. */
function halfOf(number: number): number | undefined {
  const size = Math.abs(number);
  const sign = number < 0 || Object.is(number, -0) ? 0x8000 : 0;
  if (size > 65_504) return undefined;
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const fraction = size * 2 ** (10 - exponent);
  if (size === 0) return sign;
  if (!Number.isInteger(fraction)) return undefined;
  return fraction < 1024 ? sign | fraction : sign | ((exponent + 15) << 10) | (fraction - 1024);
}
