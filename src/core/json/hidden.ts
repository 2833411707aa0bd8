import { replaceHiddenBeyondC0 } from '../text/visible';

/** Whether `escapeHidden` leaves a JSON text alone. */
export function isPlainJson(json: string): boolean {
  return escapeHidden(json) === json;
}

/**
 * JSON that means the same, in which the hidden characters of its strings are written as escapes: some
 * cannot be in a file (halves of surrogate pairs) or end a line of an editor (U+2028), and the others
 * would show a text that is not there.
 */
export function escapeHidden(json: string): string {
  // Most texts are ASCII, and to see that is the fastest of all.
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
