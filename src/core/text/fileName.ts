import { createHash } from 'node:crypto';

/** Matches the names that Windows reserves for devices, with any extension. */
const RESERVED = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)(?=[. ]*(?:\.|$))/i;
/**
 * The first character must not hide a file or look like an option. Windows drops a dot or blank at
 * the end.
 */
const ODD_ENDS = /^[. -]|[. ]$/;
/**
 * Letters and digits of any script, and other characters that are harmless in names, paths and
 * shells.
 */
const HARMLESS = /^[\p{L}\p{N} ._@()+,=-]$/u;

/** The longest name, in bytes. Systems accept 255, and an extension may follow. */
const MAX_BYTES = 200;
const TAIL_BYTES = 60;

/**
 * Returns a name for a file, or for a part of a path, that Windows, macOS and Linux accept and that
 * stays in its folder. Harmless characters are kept, and all others are percent-encoded as in a
 * URL. A name that is too long is cut in the middle and gets a hash, so that different texts always
 * have different names.
 */
export function fileName(text: string): string {
  if (text === '') return '%';
  const characters = Array.from(text);
  const parts = characters.map((character, at) => {
    const odd =
      (at === 0 && (ODD_ENDS.test(`${character}x`) || RESERVED.test(text))) ||
      (at === characters.length - 1 && ODD_ENDS.test(`x${character}`));
    return HARMLESS.test(character) && !odd ? character : escaped(character);
  });
  if (Buffer.byteLength(parts.join('')) <= MAX_BYTES) return parts.join('');
  const hash = createHash('sha256').update(text, 'utf16le').digest('hex').slice(0, 12);
  const tail = firstOf(parts.toReversed(), TAIL_BYTES).reverse();
  const head = firstOf(parts, MAX_BYTES - TAIL_BYTES - hash.length - 2);
  return `${head.join('')}~${hash}~${tail.join('')}`;
}

/** Returns the percent-encoded UTF-8 of a character; half a surrogate pair becomes `%uD800`. */
function escaped(character: string): string {
  if (!character.isWellFormed()) return `%u${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '%$&');
}

/** Returns the first parts that fit into a size. */
function firstOf(parts: readonly string[], maxBytes: number): string[] {
  let bytes = 0;
  return parts.slice(
    0,
    parts.findIndex((part) => (bytes += Buffer.byteLength(part)) > maxBytes),
  );
}
