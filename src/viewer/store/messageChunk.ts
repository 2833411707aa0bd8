import type { Offset, Payload } from '../../core/kafka';
import type { Sequence } from '../protocol';

/** How a key or value is stored: null, text of ASCII characters only, other text, or bytes. */
export const PayloadKind = { null: 0, ascii: 1, text: 2, bytes: 3 } as const;

/** Bytes that a message takes besides its key and value: a slot, and a separator after each. */
export const MESSAGE_OVERHEAD = 34;

/** No byte of UTF-8, so that a text found among the bytes lies within one key or value. */
const SEPARATOR = 0xff;
const SLOT_BYTES = 32;

/** What is stored of a message besides its key and value. */
export interface MessageFacts {
  readonly partition: number;
  readonly offset: Offset;
  /** Epoch milliseconds; NaN: none. */
  readonly timestamp: number;
  /** A number that stands for the type of the timestamp, below 2^28. */
  readonly timestampType: number;
}

/**
 * Some consecutive messages, in memory that threads share. The bytes of keys and values begin at its
 * beginning; slots of a fixed size, one a message, begin at its end and go backwards. Only the thread
 * that created it adds to it; another one reads the messages that it was told of. Messages are named
 * by their index, 0 for the first one.
 */
export class MessageChunk {
  readonly bytes: Buffer;
  // A slot: timestamp, offset (64 bits each), end of the bytes, length of the key, partition, flags.
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

  /** How much memory a chunk needs for one message whose key and value have so many bytes. */
  static bytesFor(payload: number): number {
    return Math.ceil((payload + MESSAGE_OVERHEAD) / SLOT_BYTES) * SLOT_BYTES;
  }

  /** How many bytes the key and value of one message more may have together. */
  get room(): number {
    const slots = this.#count * SLOT_BYTES;
    return this.buffer.byteLength - slots - this.start(this.#count) - MESSAGE_OVERHEAD;
  }

  /** Adds a message, for which there must be room. */
  add(facts: MessageFacts, key: Payload | null, value: Payload | null): void {
    const index = this.#count;
    const start = this.start(index);
    const keyKind = this.#write(key, start);
    const keyEnd = this.#written;
    const valueKind = this.#write(value, keyEnd + 1);

    const word = this.#word(index);
    this.#words[word + 4] = this.#written + 1;
    this.#words[word + 5] = keyEnd - start;
    this.#words[word + 6] = facts.partition;
    this.#words[word + 7] = keyKind | (valueKind << 2) | (facts.timestampType << 4);
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

  keyKind(index: number): number {
    return this.#flags(index) & 3;
  }

  valueKind(index: number): number {
    return (this.#flags(index) >> 2) & 3;
  }

  timestampType(index: number): number {
    return this.#flags(index) >>> 4;
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
    return this.end(index) - 1;
  }

  /** Bytes of key and value. */
  size(index: number): number {
    return this.end(index) - this.start(index) - 2;
  }

  key(index: number): Payload | null {
    return this.#payload(this.keyKind(index), this.start(index), this.keyEnd(index));
  }

  value(index: number): Payload | null {
    return this.#payload(this.valueKind(index), this.valueStart(index), this.valueEnd(index));
  }

  #payload(kind: number, start: number, end: number): Payload | null {
    if (kind === PayloadKind.null) return null;
    // A copy: the chunk may be freed before the bytes are.
    if (kind === PayloadKind.bytes) return new Uint8Array(this.bytes.subarray(start, end));
    return this.bytes.toString(kind === PayloadKind.ascii ? 'latin1' : 'utf8', start, end);
  }

  /** Writes a payload and a separator. Returns its kind. */
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
    this.bytes[this.#written] = SEPARATOR;
    return kind;
  }

  #flags(index: number): number {
    return this.#words[this.#word(index) + 7] ?? 0;
  }

  /** Index of a slot's first 32-bit word. */
  #word(index: number): number {
    return this.#words.length - (index + 1) * (SLOT_BYTES / 4);
  }
}
