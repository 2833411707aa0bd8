import { isAscii } from 'node:buffer';
import { payloadText } from '../../core/message/parse';

/** A line of a file, without its line feed, numbered from 1 on. */
export type Line =
  | { readonly line: number; readonly text: string }
  /** Not UTF-8, or longer than allowed; then these are but its first bytes. */
  | {
      readonly line: number;
      readonly text?: undefined;
      readonly bytes: Uint8Array;
      readonly tooLong: boolean;
    };

const LINE_FEED = 0x0a;
/**
 * What comes at once is cut to pieces of so many bytes, which bounds a batch. A text of 128 KiB
 * and more is garbage for long before V8 looks at it.
 */
const PIECE_BYTES = 64 * 1024;
/** How much of what is too long is kept, to be shown. */
export const SAMPLE_BYTES = 1024;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/** The text of UTF-8; `undefined` for other bytes. */
export function strictUtf8(bytes: Buffer): string | undefined {
  return isAscii(bytes) ? bytes.toString('latin1') : payloadText(bytes);
}

/** The bytes of a file, in pieces of bounded size, without a byte order mark at the start. */
export async function* pieces(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Buffer, void, undefined> {
  /** The first bytes, while they are too few to tell. */
  let head: Buffer | undefined = Buffer.of();
  for await (const chunk of input) {
    let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (head) {
      bytes = Buffer.concat([head, bytes]);
      head = bytes.length < BYTE_ORDER_MARK.length ? bytes : undefined;
      if (head) continue;
      const marked = BYTE_ORDER_MARK.equals(bytes.subarray(0, BYTE_ORDER_MARK.length));
      if (marked) bytes = bytes.subarray(BYTE_ORDER_MARK.length);
    }
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      yield bytes.subarray(at, at + PIECE_BYTES);
    }
  }
  if (head) yield head;
}

/**
 * The lines of a file of any size, in batches. A line ends at a line feed, and a carriage return
 * before it is still there; the last line needs none. Holds no more than a piece of the file and a
 * line of `maxBytes`.
 */
export async function* splitLines(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<readonly Line[], void, undefined> {
  let number = 1;
  let rest: Buffer[] = [];
  let restBytes = 0;
  /** The beginning of the line at hand, which turned out to be too long. */
  let sample: Buffer | undefined;
  const cut = (bytes: Buffer): Line[] => {
    const lines = toLines(bytes, number, maxBytes);
    number += lines.length;
    return lines;
  };
  const tooLong = (bytes: Buffer): Line => ({ line: number++, bytes, tooLong: true });

  for await (const piece of pieces(input)) {
    let start = 0;
    if (sample) {
      const end = piece.indexOf(LINE_FEED);
      if (end < 0) continue;
      yield [tooLong(sample)];
      sample = undefined;
      start = end + 1;
    }
    const end = piece.lastIndexOf(LINE_FEED);
    if (end >= start) {
      yield cut(Buffer.concat([...rest, piece.subarray(start, end)]));
      rest = [];
      restBytes = 0;
      start = end + 1;
    }
    rest.push(piece.subarray(start));
    restBytes += piece.length - start;
    if (restBytes > maxBytes) {
      sample = Buffer.concat(rest).subarray(0, SAMPLE_BYTES);
      rest = [];
      restBytes = 0;
    }
  }
  if (sample) yield [tooLong(sample)];
  else if (restBytes > 0) yield cut(Buffer.concat(rest));
}

/** The lines of bytes, of which the last one ends where they end. */
function toLines(bytes: Buffer, first: number, maxBytes: number): Line[] {
  const text = strictUtf8(bytes);
  const parts = text === undefined ? splitBytes(bytes) : text.split('\n');
  return parts.map((part, index) => toLine(part, first + index, maxBytes));
}

function toLine(part: string | Buffer, line: number, maxBytes: number): Line {
  // Counting bytes is slow, and few lines come near the limit.
  if (part.length * 3 > maxBytes && Buffer.byteLength(part) > maxBytes) {
    return { line, bytes: Buffer.from(part).subarray(0, SAMPLE_BYTES), tooLong: true };
  }
  const text = typeof part === 'string' ? part : strictUtf8(part);
  // A copy, which does not keep the whole piece.
  return text === undefined ? { line, bytes: Buffer.from(part), tooLong: false } : { line, text };
}

function splitBytes(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(LINE_FEED, start);
    if (end < 0) return [...parts, bytes.subarray(start)];
    parts.push(bytes.subarray(start, end));
    start = end + 1;
  }
}
