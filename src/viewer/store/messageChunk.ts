import type { Offset, Payload, RecordHeader } from '../../core/kafka';
import { headersOfJson } from '../../core/message/headers';
import type { Sequence } from '../protocol';
import {
  FACTS_SHIFT,
  HAS_HEADERS,
  HEADERS_OVERHEAD,
  MAX_TYPES,
  PayloadKind,
  RAW_KEY,
  RAW_KINDS,
  RAW_OVERHEAD,
  RAW_VALUE,
  SLOT_BYTES,
  slotAt,
  TYPE_SHIFT,
} from './chunkLayout';

/**
 * Some consecutive messages in shared memory, which any thread can read. A `ChunkWriter` adds them;
 * other threads read only those they were told of. Messages have indexes from 0.
 */
export class MessageChunk {
  readonly bytes: Buffer;
  readonly #floats: Float64Array;
  readonly #longs: BigInt64Array;
  readonly #words: Uint32Array;

  /** `first` is the number of the first message. The size of the memory must be a multiple of 8. */
  constructor(
    readonly first: Sequence,
    readonly buffer: SharedArrayBuffer,
  ) {
    this.bytes = Buffer.from(buffer);
    this.#floats = new Float64Array(buffer);
    this.#longs = new BigInt64Array(buffer);
    this.#words = new Uint32Array(buffer);
  }

  /** Epoch milliseconds; NaN: none. */
  timestamp(index: number): number {
    return this.#floats[this.#word(index) / 2] ?? NaN;
  }

  offset(index: number): Offset {
    return this.#longs[this.#word(index) / 2 + 1] ?? 0n;
  }

  partition(index: number): number {
    return (this.#words[this.#word(index) + 6] ?? 0) | 0;
  }

  /** The kind of the shown key. Only `rawKey`, `rawValue` and `size` go by what was read. */
  keyKind(index: number): number {
    return this.#flags(index) & 3;
  }

  valueKind(index: number): number {
    return (this.#flags(index) >> 2) & 3;
  }

  timestampType(index: number): number {
    return (this.#flags(index) >>> TYPE_SHIFT) & (MAX_TYPES - 1);
  }

  /** The number of the facts of decoding. */
  decoding(index: number): number {
    return this.#flags(index) >>> FACTS_SHIFT;
  }

  /** Where the message, and with it its key, begins in `bytes`. */
  start(index: number): number {
    return index === 0 ? 0 : this.end(index - 1);
  }

  /** Where the message with its separators ends in `bytes`. The next one begins there. */
  end(index: number): number {
    return this.#words[this.#word(index) + 4] ?? 0;
  }

  keyEnd(index: number): number {
    return this.start(index) + (this.#words[this.#word(index) + 5] ?? 0);
  }

  valueStart(index: number): number {
    return this.keyEnd(index) + 1;
  }

  valueEnd(index: number): number {
    const end = this.#payloadsEnd(index);
    if (!this.#hasRaw(index)) return end - 1;
    return end - RAW_OVERHEAD - this.#rawKeyLength(end) - this.#rawValueLength(end) - 1;
  }

  /** The size of key and value as they were read, in bytes. */
  size(index: number): number {
    const [start, end] = [this.start(index), this.#payloadsEnd(index)];
    const flags = this.#flags(index);
    if ((flags & RAW_KINDS) === 0) return end - start - 2;
    const key = (flags & RAW_KEY) === 0 ? this.keyEnd(index) - start : this.#rawKeyLength(end);
    const value =
      (flags & RAW_VALUE) === 0
        ? this.valueEnd(index) - this.valueStart(index)
        : this.#rawValueLength(end);
    return key + value;
  }

  /** The memory that the message takes, in bytes. */
  taken(index: number): number {
    return this.end(index) - this.start(index) + SLOT_BYTES;
  }

  key(index: number): Payload | null {
    return this.#payload(this.keyKind(index), this.start(index), this.keyEnd(index));
  }

  value(index: number): Payload | null {
    return this.#payload(this.valueKind(index), this.valueStart(index), this.valueEnd(index));
  }

  /** The key as it was read; `undefined` if it is shown like that. */
  rawKey(index: number): Payload | null | undefined {
    const kind = (this.#flags(index) & RAW_KEY) >> 4;
    if (kind === 0) return undefined;
    const start = this.valueEnd(index) + 1;
    return this.#payload(kind, start, start + this.#rawKeyLength(this.#payloadsEnd(index)));
  }

  /** The value as it was read; `undefined` if it is shown like that. */
  rawValue(index: number): Payload | null | undefined {
    const kind = (this.#flags(index) & RAW_VALUE) >> 6;
    if (kind === 0) return undefined;
    const end = this.#payloadsEnd(index);
    const rawEnd = end - RAW_OVERHEAD;
    return this.#payload(kind, rawEnd - this.#rawValueLength(end), rawEnd);
  }

  /** The headers; `undefined` if there are none. */
  headers(index: number): readonly RecordHeader[] | undefined {
    const start = this.#payloadsEnd(index);
    const end = this.end(index);
    if (start === end) return undefined;
    return headersOfJson(this.bytes.toString('utf8', start, end - HEADERS_OVERHEAD));
  }

  /** Where the message ends without its headers. */
  #payloadsEnd(index: number): number {
    const end = this.end(index);
    if ((this.#flags(index) & HAS_HEADERS) === 0) return end;
    const lengthAt = end - HEADERS_OVERHEAD;
    return lengthAt - this.bytes.readUInt32LE(lengthAt);
  }

  #payload(kind: number, start: number, end: number): Payload | null {
    if (kind === PayloadKind.null) return null;
    // Copied, because the chunk may be freed before the bytes are.
    if (kind === PayloadKind.bytes) return new Uint8Array(this.bytes.subarray(start, end));
    return this.bytes.toString(kind === PayloadKind.ascii ? 'latin1' : 'utf8', start, end);
  }

  #hasRaw(index: number): boolean {
    return (this.#flags(index) & RAW_KINDS) !== 0;
  }

  #rawKeyLength(end: number): number {
    return this.bytes.readUInt32LE(end - RAW_OVERHEAD);
  }

  #rawValueLength(end: number): number {
    return this.bytes.readUInt32LE(end - RAW_OVERHEAD + 4);
  }

  #flags(index: number): number {
    return this.#words[this.#word(index) + 7] ?? 0;
  }

  #word(index: number): number {
    return slotAt(this.#words.length, index);
  }
}
