// The codes of the characters that JSON is made of (RFC 8259). In UTF-8 each of them is one byte.

/** The first code that a string may contain unescaped. */
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_ARRAY = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_ARRAY = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

/**
 * Returns the index after the closing quote of the string whose first character is at `from`, or
 * the length of `source` if there is no such quote.
 */
export function endOfString(source: Buffer, from: number): number {
  let at = from;
  for (; at < from + 32; at++) {
    if (source[at] === QUOTE) return at + 1;
    if (source[at] === BACKSLASH) at++;
  }
  // The native search is faster in a long string. An even number of backslashes before a quote does
  // not escape it.
  for (;;) {
    const quote = source.indexOf(QUOTE, at);
    if (quote < 0) return source.length;
    let escapes = 0;
    while (quote - 1 - escapes >= at && source[quote - 1 - escapes] === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

/** Which bytes may follow a backslash in a JSON string, apart from `u`. */
const ESCAPED = new Set(Buffer.from('"\\/bfnrt'));
const UNICODE = 0x75;

/**
 * Returns the index after the closing quote of the JSON string whose opening quote is at `from`;
 * `undefined` if `source` has no valid string there. Four bytes at a time are passed over, which
 * takes a quarter of the time.
 */
export function endOfValidString(source: Buffer, from: number): number | undefined {
  const { buffer, byteOffset } = source;
  const words = new Int32Array(buffer, 0, buffer.byteLength >> 2);
  const lastWord = source.length - Int32Array.BYTES_PER_ELEMENT;
  if (source[from] !== QUOTE) return undefined;
  for (let at = from + 1; at < source.length;) {
    if (((byteOffset + at) & 3) === 0) {
      while (at <= lastWord && !mayEnd(words[(byteOffset + at) >> 2] ?? 0)) at += 4;
    }
    const byte = source[at] ?? 0;
    if (byte === QUOTE) return at + 1;
    if (byte < SPACE) return undefined;
    at += 1;
    if (byte !== BACKSLASH) continue;
    const escaped = source[at] ?? 0;
    const digits = escaped === UNICODE ? 4 : 0;
    if (digits > 0 && !/^[0-9a-f]{4}$/i.test(source.toString('latin1', at + 1, at + 1 + digits)))
      return undefined;
    if (digits === 0 && !ESCAPED.has(escaped)) return undefined;
    at += 1 + digits;
  }
  return undefined;
}

/** Whether one of the four bytes of a word is a quote, a backslash or a control character. */
function mayEnd(word: number): boolean {
  const quotes = word ^ 0x22222222;
  const backslashes = word ^ 0x5c5c5c5c;
  const isBelow =
    ((word - 0x20202020) & ~word) |
    ((quotes - 0x01010101) & ~quotes) |
    ((backslashes - 0x01010101) & ~backslashes);
  return (isBelow & 0x80808080) !== 0;
}
