import { BACKSLASH, QUOTE, SPACE } from '../json/bytes';
import type { Capabilities, NewRecord, Payload } from '../kafka';
import { payloadText } from '../message/parse';

export type ProduceCapabilities = Exclude<Capabilities['produce'], false>;

/**
 * How many records one call may carry. The dialect says it beforehand, and a proxy that finds a call
 * too large nevertheless lowers it for the calls that follow.
 */
export class BatchLimit {
  readonly #maxRecords: number;
  #maxBytes: number;

  constructor({ maxBatchRecords, maxBatchBytes }: ProduceCapabilities) {
    this.#maxRecords = maxBatchRecords;
    this.#maxBytes = maxBatchBytes;
  }

  /**
   * How many of the records that come next fit into one call: at least one, because above the limit
   * the proxy has the last word. `sizeAt` gives the size of each (see `encodedSize`), counted from 0,
   * and `undefined` behind the last.
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

  /** Whether this many records of this many bytes in all fill a call, so that no more would fit. */
  isFull(records: number, bytes: number): boolean {
    return records >= this.#maxRecords || bytes >= this.#maxBytes;
  }

  /**
   * Tells of a call that was too large, with the size of each of its records. Returns whether smaller
   * calls can help, which they cannot if it had only one record.
   */
  shrink(sizes: readonly number[]): boolean {
    if (sizes.length === 1) return false;
    const half = Math.floor(sizes.reduce((sum, size) => sum + size, 0) / 2);
    this.#maxBytes = Math.min(this.#maxBytes, half);
    return true;
  }
}

/**
 * At least the bytes of a record's key, value and headers in a JSON body: base64 where that takes
 * bytes.
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

/** Where texts are written to have their bytes counted: those of a string that was cut out are slow. */
const scratch = Buffer.allocUnsafeSlow(64 * 1024);

/** The bytes of the JSON string of a text, counted without making that string. */
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
