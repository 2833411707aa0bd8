/** Longer numbers take long to read and write, and no decimal has as many digits. */
const MAX_DIGITS = 1500;
const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,5}))?$/;

/** The most bytes that `decimalText` is for. */
export const MAX_DECIMAL_BYTES = 512;

/** Returns the digits of a number that is `unscaled` / 10^`scale`: `12.50`. */
export function decimalText(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/**
 * Returns a number of JSON times 10^`scale`; `undefined` if that is not an integer, or one of very
 * many digits.
 */
export function unscaledOf(number: string, scale: number): bigint | undefined {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(number) ?? [];
  if (whole === '' || whole.length + fraction.length > MAX_DIGITS) return undefined;
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return 0n;
  const zeros = scale + Number(exponent) - fraction.length;
  if (digits.length + zeros > MAX_DIGITS) return undefined;
  const all = zeros >= 0 ? digits + '0'.repeat(zeros) : digits.slice(0, zeros);
  if (zeros < 0 && !/^0*$/.test(digits.slice(zeros))) return undefined;
  return all === '' ? undefined : BigInt(sign + all);
}

/** Returns the integer that bytes are in two's complement, big-endian. */
export function integerOfBytes(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  const number = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  return BigInt.asIntN(8 * bytes.length, number);
}

/**
 * Returns an integer in two's complement, big-endian: in `size` bytes, or in as few as possible.
 * `undefined`: it does not fit.
 */
export function bytesOfInteger(number: bigint, size?: number): Buffer | undefined {
  const magnitude = number < 0n ? ~number : number;
  const fewest = Math.floor((magnitude === 0n ? 0 : magnitude.toString(2).length) / 8) + 1;
  const length = size ?? fewest;
  if (length < fewest) return undefined;
  const digits = BigInt.asUintN(8 * length, number).toString(16);
  return Buffer.from(digits.padStart(2 * length, '0'), 'hex');
}
