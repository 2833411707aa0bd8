/** Longer numbers, and those with a larger exponent, are no integers that a schema could want. */
const MAX_LENGTH = 1000;
const MAX_EXPONENT = 400;

/** Returns the integer that a number of JSON stands for, with every digit; `undefined` for others. */
export function integerOf(text: string): bigint | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const [, sign, whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const exponent = Number(power) - fraction.length;
  if (whole === '' || Math.abs(Number(power)) > MAX_EXPONENT) return undefined;
  const digits = whole + fraction;
  const kept = exponent < 0 ? digits.slice(0, exponent) : digits + '0'.repeat(exponent);
  if (exponent < 0 && /[^0]/.test(digits.slice(exponent))) return undefined;
  const absolute = BigInt(kept);
  return sign === '-' ? -absolute : absolute;
}
