import { replaceHiddenBeyondC0 } from '../text/visible';

/** Whether a JSON text contains nothing that `escapeHidden` would escape. */
export function isPlainJson(json: string): boolean {
  return escapeHidden(json) === json;
}

/**
 * Returns equivalent JSON in which the hidden characters of strings are escaped. Some of them
 * cannot be written to a file (halves of surrogate pairs) or end a line in an editor (U+2028). The
 * others make a text look different from what it is.
 */
export function escapeHidden(json: string): string {
  // Most texts are ASCII, and this check for ASCII is the fastest one.
  if (Buffer.byteLength(json) === json.length && !json.includes('\x7f')) return json;
  return replaceHiddenBeyondC0(json, escaped);
}

function escaped(character: string): string {
  let escapes = '';
  for (let at = 0; at < character.length; at++) {
    escapes += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }
  return escapes;
}
