import type { Offset, Payload, RecordHeader } from '../../core/kafka';
import { headersOfJson } from '../../core/message/headers';
import type { Sequence } from '../protocol';

/** How a key or value is stored: null, text of ASCII characters only, other text, or bytes. */
export const PayloadKind = { null: 0, ascii: 1, text: 2, bytes: 3 } as const;

/** Bytes that a message takes besides its key and value: a slot, and a separator after each. */
export const MESSAGE_OVERHEAD = 34;
/** Bytes that it takes more where another text than its key or value is shown: two lengths, a separator. */
export const RAW_OVERHEAD = 9;
/** Bytes that it takes more where it has headers: their length, a separator. */
export const HEADERS_OVERHEAD = 5;

/** No byte of UTF-8, so that a text found among the bytes lies within one key or value. */
const SEPARATOR = 0xff;
const SLOT_BYTES = 32;

/** What is stored of a message besides its key and value. */
export interface MessageFacts {
  readonly partition: number;
  readonly offset: Offset;
  /** Epoch milliseconds; NaN: none. */
  readonly timestamp: number;
  /** A number that stands for the type of the timestamp, below 2^23. */
  readonly timestampType: number;
}

/** Key and value as they were read, and the texts that are shown in their place, if there are any. */
export interface MessagePayloads {
  readonly key: Payload | null;
  readonly value: Payload | null;
  readonly shownKey?: string | undefined;
  readonly shownValue?: string | undefined;
  /** As JSON, see `headersJson`. */
  readonly headers?: Buffer | undefined;
}

/**
 * Some consecutive messages, in memory that threads share. The bytes of keys and values begin at its
 * beginning; slots of a fixed size, one a message, begin at its end and go backwards. Only the thread
 * that created it adds to it; another one reads the messages that it was told of. Messages are named
 * by their index, 0 for the first one.
 *
 * What is stored as key and value is what is shown, which is what filters and orders go by. Where that
 * is another text than was read, the raw key or value follows: both, their lengths, a separator. Any
 * headers come last: as JSON, their length, a separator.
 */
export class MessageChunk {
  readonly bytes: Buffer;
  // A slot: timestamp, offset (64 bits each), end of the bytes, length of the key, partition, flags.
  // The flags: the kinds of key, value, raw key and raw value (2 bits each), `HAS_HEADERS`, timestamp type.
  readonly #floats: Float64Array;
  readonly #longs: BigInt64Array;
  readonly #words: Uint32Array;
  /** How many messages this thread has added. */
  #count = 0;
  /** Where the bytes end that were written last. */
  #written = 0;

  /** `first` is the number of its first message; the size of the memory is a multiple of 8. */
  constructor(
    readonly first: Sequence,
    readonly buffer: SharedArrayBuffer,
  ) {
    this.bytes = Buffer.from(buffer);
    this.#floats = new Float64Array(buffer);
    this.#longs = new BigInt64Array(buffer);
    this.#words = new Uint32Array(buffer);
  }

  /** How much memory a chunk needs for one message whose keys and values have this many bytes. */
  static bytesFor(payload: number): number {
    return Math.ceil((payload + MESSAGE_OVERHEAD) / SLOT_BYTES) * SLOT_BYTES;
  }

  /** How many bytes the keys and values of one message more may have together. */
  get room(): number {
    const slots = this.#count * SLOT_BYTES;
    return this.buffer.byteLength - slots - this.start(this.#count) - MESSAGE_OVERHEAD;
  }

  /** Adds a message, for which there must be room. */
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

  /** Of the key that is shown; `rawKey` and `rawValue` alone, and `size`, go by what was read. */
  keyKind(index: number): number {
    return this.#flags(index) & 3;
  }

  valueKind(index: number): number {
    return (this.#flags(index) >> 2) & 3;
  }

  timestampType(index: number): number {
    return this.#flags(index) >>> 9;
  }

  /** Where the message begins in `bytes`, and with it its key. */
  start(index: number): number {
    return index === 0 ? 0 : this.end(index - 1);
  }

  /** Where the message ends in `bytes`, with its separators; the next one begins there. */
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

  /** Bytes of key and value as they were read. */
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

  /** Bytes of memory that the message takes. */
  taken(index: number): number {
    return this.end(index) - this.start(index) + SLOT_BYTES;
  }

  key(index: number): Payload | null {
    return this.#payload(this.keyKind(index), this.start(index), this.keyEnd(index));
  }

  value(index: number): Payload | null {
    return this.#payload(this.valueKind(index), this.valueStart(index), this.valueEnd(index));
  }

  /** The key as it was read; `undefined` where it is shown like that. */
  rawKey(index: number): Payload | null | undefined {
    const kind = (this.#flags(index) & RAW_KEY) >> 4;
    if (kind === 0) return undefined;
    const start = this.valueEnd(index) + 1;
    return this.#payload(kind, start, start + this.#rawKeyLength(this.#payloadsEnd(index)));
  }

  /** The value as it was read; `undefined` where it is shown like that. */
  rawValue(index: number): Payload | null | undefined {
    const kind = (this.#flags(index) & RAW_VALUE) >> 6;
    if (kind === 0) return undefined;
    const end = this.#payloadsEnd(index);
    const rawEnd = end - RAW_OVERHEAD;
    return this.#payload(kind, rawEnd - this.#rawValueLength(end), rawEnd);
  }

  /** The headers; `undefined` where there are none. */
  headers(index: number): readonly RecordHeader[] | undefined {
    const start = this.#payloadsEnd(index);
    const end = this.end(index);
    if (start === end) return undefined;
    return headersOfJson(this.bytes.toString('utf8', start, end - HEADERS_OVERHEAD));
  }

  /** Where the message ends but for its headers. */
  #payloadsEnd(index: number): number {
    const end = this.end(index);
    if ((this.#flags(index) & HAS_HEADERS) === 0) return end;
    const lengthAt = end - HEADERS_OVERHEAD;
    return lengthAt - this.bytes.readUInt32LE(lengthAt);
  }

  #payload(kind: number, start: number, end: number): Payload | null {
    if (kind === PayloadKind.null) return null;
    // A copy: the chunk may be freed before the bytes are.
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

  /** Writes what was read after what is shown. Returns the kinds of both. */
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

  /** Index of a slot's first 32-bit word. */
  #word(index: number): number {
    return this.#words.length - (index + 1) * (SLOT_BYTES / 4);
  }
}

/** The flags of the raw kinds. */
const RAW_KEY = 0x30;
const RAW_VALUE = 0xc0;
const RAW_KINDS = RAW_KEY | RAW_VALUE;
const HAS_HEADERS = 0x100;
