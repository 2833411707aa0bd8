import type { Offset, Payload, RecordHeader } from '../../core/kafka';
import { headersOfJson } from '../../core/message/headers';
import type { Sequence } from '../protocol';

/** How a key or value is stored: null, text of ASCII characters only, other text, or bytes. */
export const PayloadKind = { null: 0, ascii: 1, text: 2, bytes: 3 } as const;

/** The bytes of a message besides key and value: a slot, and a separator after key and value. */
export const MESSAGE_OVERHEAD = 34;
/** Additional bytes if a decoded text is shown for key or value: two lengths and a separator. */
export const RAW_OVERHEAD = 9;
/** Additional bytes if it has headers: their length and a separator. */
export const HEADERS_OVERHEAD = 5;

/** UTF-8 never contains this byte, so a text found among the bytes lies within one key or value. */
const SEPARATOR = 0xff;
const SLOT_BYTES = 32;

/** The facts of a message, without key, value and headers. */
export interface MessageFacts {
  readonly partition: number;
  readonly offset: Offset;
  /** Epoch milliseconds; NaN: none. */
  readonly timestamp: number;
  /** A number below 2^23 that stands for the type of the timestamp. */
  readonly timestampType: number;
}

/** Key and value as they were read, and the decoded texts that are shown instead, if any. */
export interface MessagePayloads {
  readonly key: Payload | null;
  readonly value: Payload | null;
  readonly shownKey?: string | undefined;
  readonly shownValue?: string | undefined;
  /** As JSON, see `headersJson`. */
  readonly headers?: Buffer | undefined;
}

/**
 * Some consecutive messages in shared memory. Keys and values fill it from the start; slots of a
 * fixed size, one a message, fill it from the end backwards. Only the thread that created the chunk
 * adds messages; other threads read those they were told of. Messages have indexes from 0.
 *
 * Filters and sorting look at what is shown, so that is stored as key and value. A raw key or value
 * that differs from it follows, with two lengths and a separator. Headers come last: as JSON, with
 * their length and a separator.
 */
export class MessageChunk {
  readonly bytes: Buffer;
  // A slot: timestamp, offset (64 bits each), end of the bytes, length of the key, partition,
  // flags: kinds of key, value, raw key, raw value (2 bits each), `HAS_HEADERS`, timestamp type.
  readonly #floats: Float64Array;
  readonly #longs: BigInt64Array;
  readonly #words: Uint32Array;
  /** The number of messages that this thread has added. */
  #count = 0;
  /** The end of the bytes that were written last. */
  #written = 0;

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

  /** Returns the size of a chunk for one message with this many bytes and its overhead. */
  static bytesFor(payload: number): number {
    return Math.ceil((payload + MESSAGE_OVERHEAD) / SLOT_BYTES) * SLOT_BYTES;
  }

  /** The number of bytes that another message may have besides `MESSAGE_OVERHEAD`. */
  get room(): number {
    const slots = this.#count * SLOT_BYTES;
    return this.buffer.byteLength - slots - this.start(this.#count) - MESSAGE_OVERHEAD;
  }

  /** Adds a message. There must be room for it. */
  add(facts: MessageFacts, payloads: MessagePayloads): void {
    const { key, value, shownKey, shownValue, headers } = payloads;
    const index = this.#count;
    const start = this.start(index);
    const keyKind = this.#write(shownKey ?? key, start);
    const keyEnd = this.#written;
    this.#separate();
    const valueKind = this.#write(shownValue ?? value, this.#written);
    this.#separate();
    const rawKinds =
      shownKey === undefined && shownValue === undefined
        ? 0
        : this.#writeRaw(
            shownKey === undefined ? null : key,
            shownValue === undefined ? null : value,
          );
    if (headers) this.#writeHeaders(headers);

    const word = this.#word(index);
    this.#words[word + 4] = this.#written;
    this.#words[word + 5] = keyEnd - start;
    this.#words[word + 6] = facts.partition;
    this.#words[word + 7] =
      keyKind |
      (valueKind << 2) |
      (rawKinds << 4) |
      (headers ? HAS_HEADERS : 0) |
      (facts.timestampType << 9);
    this.#floats[word / 2] = facts.timestamp;
    this.#longs[word / 2 + 1] = facts.offset;
    this.#count += 1;
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
    return this.#flags(index) >>> 9;
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

  /** Writes a payload. Returns its kind. */
  #write(payload: Payload | null, at: number): number {
    let kind: number = PayloadKind.null;
    let length = 0;
    if (typeof payload === 'string') {
      length = this.bytes.write(payload, at);
      kind = length === payload.length ? PayloadKind.ascii : PayloadKind.text;
    } else if (payload) {
      this.bytes.set(payload, at);
      length = payload.length;
      kind = PayloadKind.bytes;
    }
    this.#written = at + length;
    return kind;
  }

  #separate(): void {
    this.bytes[this.#written] = SEPARATOR;
    this.#written += 1;
  }

  /** Writes the raw key and value after what is shown. Returns their kinds. */
  #writeRaw(key: Payload | null, value: Payload | null): number {
    const start = this.#written;
    const keyKind = this.#write(key, start);
    const keyEnd = this.#written;
    const valueKind = this.#write(value, keyEnd);
    const valueEnd = this.#written;
    this.bytes.writeUInt32LE(keyEnd - start, valueEnd);
    this.bytes.writeUInt32LE(valueEnd - keyEnd, valueEnd + 4);
    this.#written = valueEnd + 8;
    this.#separate();
    return keyKind | (valueKind << 2);
  }

  #writeHeaders(headers: Buffer): void {
    const lengthAt = this.#written + headers.copy(this.bytes, this.#written);
    this.#written = this.bytes.writeUInt32LE(headers.length, lengthAt);
    this.#separate();
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

  /** Returns the index of the first 32-bit word of a slot. */
  #word(index: number): number {
    return this.#words.length - (index + 1) * (SLOT_BYTES / 4);
  }
}

/** The flags of the raw kinds. */
const RAW_KEY = 0x30;
const RAW_VALUE = 0xc0;
const RAW_KINDS = RAW_KEY | RAW_VALUE;
const HAS_HEADERS = 0x100;
