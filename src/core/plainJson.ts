import { hiddenBeyondC0 } from './visibleText';

const HIDDEN = new RegExp(hiddenBeyondC0, 'gu');
/** All of those and a few others; much faster, as it need not look behind. */
const SUSPICIOUS = /[\x7f-\x9f\u2028\u2029\u2800\ufff9-\ufffb\p{Default_Ignorable_Code_Point}]/u;

/** Whether `escapeHidden` leaves a JSON text alone. */
export function isPlainJson(json: string): boolean {
  // Most texts are ASCII, and to see that is much faster still.
  if (Buffer.byteLength(json) === json.length) return !json.includes('\x7f');
  if (json.isWellFormed() && !SUSPICIOUS.test(json)) return true;
  return json.search(HIDDEN) < 0;
}

/**
 * JSON that means the same, in which the hidden characters of its strings are written as escapes: some
 * cannot be in a file (halves of surrogate pairs) or end a line of an editor (U+2028), and the others
 * would show a text that is not there.
 */
export function escapeHidden(json: string): string {
  if (isPlainJson(json)) return json;
  return json.replace(HIDDEN, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
