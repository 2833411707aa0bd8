import { BACKSLASH, QUOTE, SPACE } from '../json/bytes';
import type { Capabilities, NewRecord, Payload } from '../kafka';
import { payloadText } from '../message/parse';

export type ProduceCapabilities = Exclude<Capabilities['produce'], false>;

/**
 * Limits how many records one call may carry. The limits come from the dialect. If the proxy
 * nevertheless finds a call too large, the limit is lowered for the calls that follow.
 */
export class BatchLimit {
  readonly #maxRecords: number;
  #maxBytes: number;

  constructor({ maxBatchRecords, maxBatchBytes }: ProduceCapabilities) {
    this.#maxRecords = maxBatchRecords;
    this.#maxBytes = maxBatchBytes;
  }

  /**
   * Returns how many of the next records fit into one call. If there are any, that is at least one,
   * because the proxy decides about a record above the limit. `sizeAt` returns the size of each
   * record (see `encodedSize`), counted from 0, and `undefined` after the last one.
   */
  fit(sizeAt: (index: number) => number | undefined): number {
    let bytes = 0;
    for (let count = 0; ; count++) {
      const size = sizeAt(count);
      if (size === undefined || count === this.#maxRecords) return count;
      bytes += size;
      if (count > 0 && bytes > this.#maxBytes) return count;
    }
  }

  /** Whether a call with this many records and bytes is full. */
  isFull(records: number, bytes: number): boolean {
    return records >= this.#maxRecords || bytes >= this.#maxBytes;
  }

  /**
   * Lowers the limit after a call that was too large. `sizes` are the sizes of its records. Returns
   * whether smaller calls can help, which is not so if the call had only one record.
   */
  shrink(sizes: readonly number[]): boolean {
    if (sizes.length === 1) return false;
    const half = Math.floor(sizes.reduce((sum, size) => sum + size, 0) / 2);
    this.#maxBytes = Math.min(this.#maxBytes, half);
    return true;
  }
}

/**
 * Returns an upper bound for the bytes that a record's key, value, headers and partition take in a
 * JSON body. Keys and values are counted as base64 if the dialect carries bytes.
 */
export function encodedSize(
  { key, value, headers }: NewRecord,
  { binary }: ProduceCapabilities,
): number {
  let bytes = '{"key":null,"partition":1234567890,"value":null},'.length;
  for (const payload of [key, value]) {
    if (payload === null || payload === undefined) continue;
    bytes += binary ? bytesInBase64(payload) : bytesInJson(payloadText(payload) ?? '');
  }
  for (const header of headers ?? []) {
    bytes += '{"name":,"value":null},'.length + bytesInJson(header.name);
    if (header.value) bytes += bytesInBase64(header.value);
  }
  return bytes;
}

function bytesInBase64(payload: Payload): number {
  return Math.ceil(Buffer.byteLength(payload) / 3) * 4 + '""'.length;
}

/**
 * A buffer into which texts are written to count their bytes. Reading the characters of a string
 * that was sliced from another one would be slow.
 */
const scratch = Buffer.allocUnsafeSlow(64 * 1024);

/** Returns the size of a text as a JSON string in bytes, without creating that string. */
function bytesInJson(text: string): number {
  const length = Buffer.byteLength(text);
  const bytes = length > scratch.length ? Buffer.allocUnsafe(length) : scratch;
  bytes.write(text);
  let size = length + '""'.length;
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE || byte === BACKSLASH) size += '\\'.length;
    else if (byte < SPACE) size += '\\u000'.length;
  }
  return size;
}
