/** A number as ±0.digits × 10^exponent. Zero has no digits. */
interface Decimal {
  readonly negative: boolean;
  /** The digits without zeros at either end. */
  readonly digits: string;
  readonly exponent: bigint;
}

/**
 * Compares two numbers in decimal notation, such as "-12.5e3", exactly. Returns a negative number
 * if the first one is smaller, and 0 if they are equal.
 */
export function compareDecimals(first: string, second: string): number {
  const [a, b] = [toDecimal(first), toDecimal(second)];
  if (a.negative !== b.negative) return a.negative ? -1 : 1;
  return a.negative ? compareSizes(b, a) : compareSizes(a, b);
}

function compareSizes(a: Decimal, b: Decimal): number {
  if (a.digits === '' || b.digits === '') return a.digits.length - b.digits.length;
  if (a.exponent !== b.exponent) return a.exponent < b.exponent ? -1 : 1;
  return a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0;
}

function toDecimal(text: string): Decimal {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d*)(?:\.(\d*))?(?:e\+?(-?\d+))?$/i.exec(text) ?? [];
  const all = (whole + fraction).replace(/(?<!0)0+$/, '');
  const digits = all.replace(/^0+/, '');
  return {
    negative: sign === '-' && digits !== '',
    digits,
    exponent: BigInt(exponent) + BigInt(whole.length - (all.length - digits.length)),
  };
}
