import { createHash } from 'node:crypto';

/** Names that Windows keeps for devices, whatever ending follows. */
const RESERVED = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)(?=[. ]*(?:\.|$))/i;
/**
 * The first character must not hide a file or look like an option. Windows drops some last ones.
 */
const ODD_ENDS = /^[. -]|[. ]$/;
/**
 * Letters and digits of any script, and other characters that are harmless in names, paths and
 * shells.
 */
const HARMLESS = /^[\p{L}\p{N} ._@()+,=-]$/u;

/** How long a file name may get, in bytes. Systems take 255, and an ending may follow. */
const MAX_BYTES = 200;
const TAIL_BYTES = 60;

/**
 * Returns a name for a file, or for a part of a path, that Windows, macOS and Linux accept and that
 * stays in its folder: what Kafka allows in names of topics stays, anything else is written as in a
 * URL. Different texts have different names; one that is too long is cut in its middle and told
 * apart by a hash.
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

/** The first parts, up to a size. */
function firstOf(parts: readonly string[], maxBytes: number): string[] {
  let bytes = 0;
  const end = parts.findIndex((part) => (bytes += Buffer.byteLength(part)) > maxBytes);
  return parts.slice(0, end < 0 ? parts.length : end);
}
