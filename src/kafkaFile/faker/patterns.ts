/** What the short forms of regular expressions stand for in brackets. */
const CLASSES: Readonly<Record<string, string>> = { '\\d': '0-9', '\\w': 'A-Za-z0-9_' };
/** The characters of passwords. */
const PRINTABLE = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));

/** Returns whether a password may contain a character that the pattern matches. */
export function matchesCharacters(pattern: RegExp): boolean {
  return PRINTABLE.some((each) => each.search(pattern) >= 0);
}

/**
 * Returns a pattern in which what faker does not know of regular expressions is written in another
 * way. Throws if that is not possible, unless the pattern is a text.
 */
export function toPattern(pattern: unknown): unknown {
  const source = pattern instanceof RegExp ? pattern.source : pattern;
  if (typeof source !== 'string') return pattern;
  const plain = source.replace(/\[(?:[^[\]\\]|\\.)*\]|\\[dw./+*?,:-]/g, (part) => {
    if (!part.startsWith('[')) return `[${CLASSES[part] ?? part.slice(1)}]`;
    return part.replace(/\\[dw]/g, (each) => CLASSES[each] ?? each);
  });
  if (!(pattern instanceof RegExp)) return plain;
  if (/[()|\\]/.test(plain.replace(/\[[^[\]]*\]/g, ''))) {
    throw new Error('it knows neither groups nor alternatives nor special characters');
  }
  return new RegExp(plain, pattern.flags);
}
