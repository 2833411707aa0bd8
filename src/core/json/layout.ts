import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  endOfString,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from './bytes';
import { utf8Text } from '../text/utf8';

const MAX_INDENTED_LEVEL = 100;
/** How many blanks any text may get, in bytes. */
const MIN_BLANKS = 4 * 1024 * 1024;
/** Records and their members always begin a line. */
const ALWAYS_BROKEN = 2;

/** Whether the text is one JSON value, with nothing but blanks around it. */
export function isJson(text: string): boolean {
  // Saves most texts that are not JSON the cost of an exception.
  if (!/^[ \t\n\r]*[{["\d\-tfn]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Lays out valid JSON over several lines, two spaces a level; every number and string stays as it is
 * written. All lines but the first begin with `margin` more spaces. Neither depth nor length is
 * limited by the stack. Below a depth of 100, lines are indented no further; once the blanks are more than
 * twice the text, what lies deep is not broken into lines any more, because a text of nothing but brackets
 * would grow with its square. A text with half a surrogate pair, which bytes cannot hold, is returned as
 * it is. For a text that is not JSON the result is of no use.
 */
export function indentJson(text: string, margin = 0): string {
  if (!text.isWellFormed()) return text;
  // Copying bytes is faster than cutting strings and joining them.
  const source = Buffer.from(text);
  let target = Buffer.allocUnsafe(2 * source.length + 1024);
  let size = 0;
  let level = 0;
  let breakNext = false;
  let blanks = 2 * source.length + MIN_BLANKS;
  for (let at = 0; at < source.length;) {
    const byte = source[at++] ?? 0;
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue;

    const closes = byte === CLOSE_OBJECT || byte === CLOSE_ARRAY;
    if (closes) level--;
    // Each opening bracket stands two before its closing one: an empty object or array stays closed.
    const breaks = closes ? target[size - 1] !== byte - 2 : breakNext;
    if (breaks && (blanks > 0 || level < ALWAYS_BROKEN)) {
      const spaces = margin + 2 * Math.min(level, MAX_INDENTED_LEVEL);
      // What is left takes two bytes each at the most, its own breaks apart.
      const needed = size + 1 + spaces + 2 * (source.length - at + 1);
      if (needed > target.length) target = Buffer.concat([target.subarray(0, size)], 2 * needed);
      blanks -= 1 + spaces;
      target[size++] = 0x0a;
      for (let space = 0; space < spaces; space++) target[size++] = 0x20;
    }
    breakNext = false;
    target[size++] = byte;

    if (byte === QUOTE) {
      const end = endOfString(source, at);
      // For short strings the call costs more than it saves.
      if (end - at > 64) size += source.copy(target, size, at, end);
      else for (let inside = at; inside < end; inside++) target[size++] = source[inside] ?? 0;
      at = end;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      level++;
      breakNext = true;
    } else if (byte === COMMA) {
      breakNext = true;
    } else if (byte === COLON) {
      target[size++] = 0x20;
    }
  }
  return utf8Text(target.subarray(0, size));
}
