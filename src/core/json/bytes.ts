/** The bytes, and codes of characters, that JSON is made of (RFC 8259). */
/** The first that may stand in a string as it is; what is below is escaped. */
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_ARRAY = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_ARRAY = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

/** The index after the quote that closes the string whose first character is at `from`. */
export function endOfString(source: Buffer, from: number): number {
  let at = from;
  for (; at < from + 32; at++) {
    if (source[at] === QUOTE) return at + 1;
    if (source[at] === BACKSLASH) at++;
  }
  // A long string: native search. Every second backslash before a quote escapes the one before it.
  for (;;) {
    const quote = source.indexOf(QUOTE, at);
    if (quote < 0) return source.length;
    let escapes = 0;
    while (quote - 1 - escapes >= at && source[quote - 1 - escapes] === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}
