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
/** How many bytes of blanks even a short text may get. */
const MIN_BLANKS = 4 * 1024 * 1024;
/** Levels below this are always broken into lines, so that records and their members are. */
const ALWAYS_BROKEN = 2;

/** Whether the text is one JSON value with only blanks around it. */
export function isJson(text: string): boolean {
  // Avoids the cost of an exception for most texts that are not JSON.
  if (!/^[ \t\n\r]*[{["\d\-tfn]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Returns JSON without the blanks outside of its strings. */
export function compactJson(json: string): string {
  let out = '';
  let kept = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === 0x22) quoted = !quoted;
    else if (quoted && code === 0x5c) at += 1;
    else if (!quoted && code <= 0x20) {
      out += json.slice(kept, at);
      kept = at + 1;
    }
  }
  return out + json.slice(kept);
}

/**
 * Returns valid JSON laid out over several lines, with two spaces for each level. Numbers and
 * strings stay exactly as they are written. All lines except the first begin with `margin`
 * additional spaces. Neither depth nor length is limited by the stack.
 *
 * Lines deeper than 100 levels are indented no further. Once the blanks are more than 4 MiB plus
 * twice the text, deep levels are no longer broken into lines, because a text of brackets alone
 * would grow with the square of its length. A text with half a surrogate pair, which UTF-8 cannot
 * express, is returned unchanged. For a text that is not JSON the result is meaningless.
 */
export function indentJson(text: string, margin = 0): string {
  if (!text.isWellFormed()) return text;
  // Copying bytes is faster than slicing and joining strings.
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
    // An empty object or array stays on one line. The code of an opening bracket is two less than
    // that of its closing one.
    const breaks = closes ? target[size - 1] !== byte - 2 : breakNext;
    if (breaks && (blanks > 0 || level < ALWAYS_BROKEN)) {
      const spaces = margin + 2 * Math.min(level, MAX_INDENTED_LEVEL);
      // Each remaining byte becomes two at most, apart from the line breaks still to come.
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
      // For short strings the call to `copy` costs more than it saves.
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
