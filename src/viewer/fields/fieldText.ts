import { type Place, unescaped } from './findField';

const QUOTE = 0x22;

/**
 * Returns a JSON value as a cell shows it: a text without its quotes, anything else as it is
 * written, with all digits. At most about `length` characters are read.
 */
export function fieldText(bytes: Uint8Array, { start, end }: Place, length: number): string {
  // An escape takes six bytes, and a quote comes first.
  const to = Math.min(end, start + 6 * length + 2);
  if (bytes[start] !== QUOTE) return textIn(bytes, start, to).slice(0, length);
  // A long text may be cut in an escape.
  for (let at = to === end ? end - 1 : to; at > to - 8 && at > start; at -= 1) {
    const text = unescaped(bytes, start + 1, at);
    if (text !== undefined) return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
  }
  return textIn(bytes, start, to).slice(0, length);
}

function textIn(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}
