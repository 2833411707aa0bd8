import { isBinaryText } from '../../../core/text/binary';
import { isUtf8 } from 'node:buffer';
import { csvHeader } from '../../export/csv';
import type { TextEncoding } from '../textEncoding';
import type { Head } from './head';

/** Kinds of files that hold no text. `utf-16` is text, but without the mark that says so. */
export type BinaryKind =
  'gzip' | 'zip' | 'avro' | 'parquet' | 'zstd' | 'image' | 'pdf' | 'utf-16' | 'utf-32' | 'other';

/** What a file holds: text in an encoding, or something else. */
export type Contents =
  | {
      readonly kind: 'text';
      readonly encoding: TextEncoding;
      /** Why: its mark, or its bytes, which are UTF-8 or are not. */
      readonly because: 'mark' | 'utf-8' | 'not-utf-8';
    }
  | { readonly kind: 'binary'; readonly what: BinaryKind };

/** The first bytes of files, as latin1. A longer one comes before its own beginning. */
const marks: readonly (readonly [start: string, contents: Contents])[] = [
  ['\xff\xfe\0\0', { kind: 'binary', what: 'utf-32' }],
  ['\0\0\xfe\xff', { kind: 'binary', what: 'utf-32' }],
  ['\xef\xbb\xbf', { kind: 'text', encoding: 'utf-8', because: 'mark' }],
  ['\xff\xfe', { kind: 'text', encoding: 'utf-16le', because: 'mark' }],
  ['\xfe\xff', { kind: 'text', encoding: 'utf-16be', because: 'mark' }],
  ['\x1f\x8b', { kind: 'binary', what: 'gzip' }],
  ['PK\x03\x04', { kind: 'binary', what: 'zip' }],
  ['Obj\x01', { kind: 'binary', what: 'avro' }],
  ['PAR1', { kind: 'binary', what: 'parquet' }],
  ['\x28\xb5\x2f\xfd', { kind: 'binary', what: 'zstd' }],
  ['\x89PNG', { kind: 'binary', what: 'image' }],
  ['\xff\xd8\xff', { kind: 'binary', what: 'image' }],
  ['GIF8', { kind: 'binary', what: 'image' }],
  ['%PDF-', { kind: 'binary', what: 'pdf' }],
];

/** What begins each value of a JSON text sequence (RFC 7464). */
const JSON_SEQUENCE = /^\x1e(?=[[{"])/gm;

/** Tells text from other files, and its encoding, by the first bytes. */
export function contentsOf({ bytes, whole }: Head): Contents {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = head.toString('latin1', 0, 8);
  const marked = marks.find(([mark]) => start.startsWith(mark));
  if (marked) {
    const [, contents] = marked;
    // After its mark, text in UTF-8 may still hold what no text does.
    if (contents.kind === 'binary' || contents.encoding !== 'utf-8') return contents;
  }
  const text = head.toString('latin1');
  // DOS ends text files with this character.
  const ended = whole && text.endsWith('\x1a') ? text.slice(0, -1) : text;
  const isBinary = isBinaryText(ended.replaceAll(JSON_SEQUENCE, ''));
  if (isBinary && !isOwnCsv(head)) {
    return { kind: 'binary', what: isUtf16(head) ? 'utf-16' : 'other' };
  }
  if (!isUtf8(head) && !(!whole && isCutUtf8(head))) {
    return { kind: 'text', encoding: 'utf-8', because: 'not-utf-8' };
  }
  return { kind: 'text', encoding: 'utf-8', because: marked ? 'mark' : 'utf-8' };
}

/** Whether bytes are UTF-8 but for a last character that is cut off. */
function isCutUtf8(bytes: Buffer): boolean {
  return [1, 2, 3].some((cut) => isUtf8(bytes.subarray(0, bytes.length - cut)));
}

/** Whether bytes look like UTF-16: in Latin text every other byte is zero. */
function isUtf16(bytes: Buffer): boolean {
  const zeros = [0, 0];
  for (const [at, byte] of bytes.entries())
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  return Math.max(even, odd) > bytes.length * 0.2 && Math.min(even, odd) < bytes.length * 0.02;
}

/** Whether it is a CSV file that this extension has exported, which may hold any text. */
function isOwnCsv(bytes: Buffer): boolean {
  const text = bytes.toString('latin1', 0, 200);
  return [true, false].some((withHeaders) => text.startsWith(csvHeader(withHeaders).join()));
}
