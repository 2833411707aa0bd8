/** Up to so many digits, numbers that differ are different doubles. */
const EXACT_DIGITS = 15;
/** Whole numbers of so many digits are no further from their double than 16 bits can say. */
const WHOLE_DIGITS = 19;
/** A power of ten up to this one is a double itself. */
const MAX_POWER = 22;
const POWERS = Float64Array.from({ length: MAX_POWER + 1 }, (_, power) => 10 ** power);
/** From here on, doubles have all their digits. */
const LEAST = 1e-290;
/** Up to here, whole numbers are doubles. */
const MOST = 2 ** 53;
/** So many digits are read at once. */
const [LOW_DIGITS, LOW_FACTOR] = [9, 1e9];
const NUMBER = /^-?(\d+)(?:\.(\d+))?(?:[eE][+-]?\d+)?$/;
const [MINUS, POINT, ZERO, NINE] = [0x2d, 0x2e, 0x30, 0x39];

/** Reads one number of JSON after the other. */
export class NumberReader {
  /** The double that is nearest to the number. */
  value = 0;
  /** What is left of a whole number without its double: at most 16 bits with sign. */
  rest = 0;
  /** Whether no other number has the same double and rest. If not, only the digits tell them apart. */
  isExact = true;

  /** Reads the number that stands in `bytes`. What is none counts as 0. */
  read(bytes: Uint8Array, start: number, end: number): void {
    const isNegative = bytes[start] === MINUS;
    let at = isNegative ? start + 1 : start;
    const first = at;
    let point = end;
    let digits = 0;
    let whole = 0;
    for (; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte >= ZERO && byte <= NINE) {
        whole = 10 * whole + byte - ZERO;
        if (whole > 0) digits += 1;
      } else if (byte === POINT && point === end) point = at;
      else break;
    }
    const power = Math.max(0, end - point - 1);
    const isPlain = at === end && point > first && point !== end - 1 && end > first;
    const isShort = digits <= EXACT_DIGITS && power <= MAX_POWER;
    if (!isPlain || !(isShort || (digits <= WHOLE_DIGITS && point === end))) {
      this.#readAny(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start));
      return;
    }
    this.rest = 0;
    this.isExact = true;
    // Both are doubles, and a division of doubles is rounded once.
    if (isShort) this.value = whole / (POWERS[power] ?? 1);
    else this.#readWhole(bytes, first, end);
    if (!isNegative || this.value === 0) return;
    this.value = -this.value;
    this.rest = -this.rest;
  }

  #readWhole(bytes: Uint8Array, start: number, end: number): void {
    const high = digitsIn(bytes, start, end - LOW_DIGITS);
    const low = digitsIn(bytes, end - LOW_DIGITS, end);
    // This is rounded twice, and may not be the nearest double, but it is near.
    const near = high * LOW_FACTOR + low;
    // What it lacks fits into 32 bits, so that the lower 32 bits of both are enough.
    const lacking = (Math.imul(high, LOW_FACTOR) + low - (near % 2 ** 32)) | 0;
    this.value = near + lacking;
    this.rest = lacking - (this.value - near);
  }

  #readAny(bytes: Buffer): void {
    const text = bytes.toString('latin1');
    const [, whole, fraction = ''] = NUMBER.exec(text) ?? [];
    this.rest = 0;
    if (whole === undefined) {
      this.value = 0;
      this.isExact = true;
      return;
    }
    const digits = significantDigits(whole + fraction);
    // Zeros have one double, whatever their sign.
    this.value = Number(text) + 0;
    const size = Math.abs(this.value);
    this.isExact = digits === 0 || (digits <= EXACT_DIGITS && size >= LEAST && size < MOST);
  }
}

function digitsIn(bytes: Uint8Array, start: number, end: number): number {
  let number = 0;
  for (let at = start; at < end; at += 1) number = 10 * number + (bytes[at] ?? ZERO) - ZERO;
  return number;
}

/** Returns how many digits there are without the zeros at both ends. */
function significantDigits(digits: string): number {
  const first = digits.search(/[1-9]/);
  if (first < 0) return 0;
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return end - first;
}
