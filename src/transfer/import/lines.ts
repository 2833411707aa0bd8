import { isAscii } from 'node:buffer';
import { payloadText } from '../../core/message/parse';

/** A line of a file, without its line feed. Lines are numbered from 1. */
export type Line =
  | { readonly line: number; readonly text: string }
  /** A line that is not UTF-8, or one that is too long. `bytes` is then only its beginning. */
  | {
      readonly line: number;
      readonly text?: undefined;
      readonly bytes: Uint8Array;
      readonly tooLong: boolean;
    };

const LINE_FEED = 0x0a;
/**
 * Chunks of the input are cut into pieces of this size, which bounds a batch. Pieces stay well
 * below 128 KiB, because V8 is slow to free strings of that size and more.
 */
const PIECE_BYTES = 64 * 1024;
/** How much of a line, row or element that is too long is kept to be shown. */
export const SAMPLE_BYTES = 1024;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/** Returns the text of UTF-8 bytes; `undefined` for other bytes. */
export function strictUtf8(bytes: Buffer): string | undefined {
  return isAscii(bytes) ? bytes.toString('latin1') : payloadText(bytes);
}

/** Yields the bytes of a file in pieces of bounded size, without a byte order mark at the start. */
export async function* pieces(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Buffer, void, undefined> {
  /** The first bytes, while they are too few to tell whether they are a byte order mark. */
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
 * Yields the lines of a file of any size, in batches. A line ends at a line feed and keeps a
 * carriage return before it; the last line needs no line feed. Holds no more than a piece of the
 * file and a line of `maxBytes` in memory.
 */
export async function* splitLines(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<readonly Line[], void, undefined> {
  let number = 1;
  let rest: Buffer[] = [];
  let restBytes = 0;
  /** The beginning of the current line, once it is known to be too long. */
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

/** Splits bytes into lines. The last line ends where the bytes end. */
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
  // A copy does not keep the whole piece in memory.
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
