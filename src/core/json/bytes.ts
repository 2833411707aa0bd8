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
