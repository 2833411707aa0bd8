import type { Offset, Payload } from '../../core/kafka';
import {
  FACTS_SHIFT,
  HAS_HEADERS,
  MESSAGE_OVERHEAD,
  PayloadKind,
  SEPARATOR,
  SLOT_BYTES,
  slotAt,
  TYPE_SHIFT,
} from './chunkLayout';
import type { MessageChunk } from './messageChunk';

/** The facts of a message, without key, value and headers. */
export interface MessageFacts {
  readonly partition: number;
  readonly offset: Offset;
  /** Epoch milliseconds; NaN: none. */
  readonly timestamp: number;
  /** A number below `MAX_TYPES` that stands for the type of the timestamp. */
  readonly timestampType: number;
  /** A number below `MAX_FACTS` that stands for how key and value were decoded. */
  readonly decoding: number;
}

/** Key and value as they were read, the decoded texts that are shown instead, if any, and the headers. */
export interface MessagePayloads {
  readonly key: Payload | null;
  readonly value: Payload | null;
  readonly shownKey?: string | undefined;
  readonly shownValue?: string | undefined;
  /** As JSON, see `headersJson`. */
  readonly headers?: Buffer | undefined;
}

/** Adds messages to a chunk, which no other writer may do. */
export class ChunkWriter {
  readonly #bytes: Buffer;
  readonly #floats: Float64Array;
  readonly #longs: BigInt64Array;
  readonly #words: Uint32Array;
  /** The number of messages added. */
  #count = 0;
  /** The end of the bytes that were written last. */
  #end = 0;

  /** The chunk must be empty. */
  constructor(readonly chunk: MessageChunk) {
    const { buffer } = chunk;
    this.#bytes = chunk.bytes;
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
    return this.#bytes.length - this.#count * SLOT_BYTES - this.#end - MESSAGE_OVERHEAD;
  }

  /** Adds a message, for which there must be room. */
  add(facts: MessageFacts, payloads: MessagePayloads): void {
    const { key, value, shownKey, shownValue, headers } = payloads;
    const start = this.#end;
    const keyKind = this.#write(shownKey ?? key);
    const keyEnd = this.#end;
    this.#separate();
    const valueKind = this.#write(shownValue ?? value);
    this.#separate();
    const rawKinds =
      shownKey === undefined && shownValue === undefined
        ? 0
        : this.#writeRaw(
            shownKey === undefined ? null : key,
            shownValue === undefined ? null : value,
          );
    if (headers) this.#writeHeaders(headers);

    const word = slotAt(this.#words.length, this.#count);
    this.#words[word + 4] = this.#end;
    this.#words[word + 5] = keyEnd - start;
    this.#words[word + 6] = facts.partition;
    this.#words[word + 7] =
      keyKind |
      (valueKind << 2) |
      (rawKinds << 4) |
      (headers ? HAS_HEADERS : 0) |
      (facts.timestampType << TYPE_SHIFT) |
      (facts.decoding << FACTS_SHIFT);
    this.#floats[word / 2] = facts.timestamp;
    this.#longs[word / 2 + 1] = facts.offset;
    this.#count += 1;
  }

  /** Writes a payload. Returns its kind. */
  #write(payload: Payload | null): number {
    if (payload === null) return PayloadKind.null;
    if (typeof payload === 'string') {
      const length = this.#bytes.write(payload, this.#end);
      this.#end += length;
      return length === payload.length ? PayloadKind.ascii : PayloadKind.text;
    }
    this.#bytes.set(payload, this.#end);
    this.#end += payload.length;
    return PayloadKind.bytes;
  }

  #separate(): void {
    this.#bytes[this.#end] = SEPARATOR;
    this.#end += 1;
  }

  /** Writes the raw key and value after what is shown. Returns their kinds. */
  #writeRaw(key: Payload | null, value: Payload | null): number {
    const start = this.#end;
    const keyKind = this.#write(key);
    const keyEnd = this.#end;
    const valueKind = this.#write(value);
    const valueEnd = this.#end;
    this.#bytes.writeUInt32LE(keyEnd - start, valueEnd);
    this.#end = this.#bytes.writeUInt32LE(valueEnd - keyEnd, valueEnd + 4);
    this.#separate();
    return keyKind | (valueKind << 2);
  }

  #writeHeaders(headers: Buffer): void {
    const lengthAt = this.#end + headers.copy(this.#bytes, this.#end);
    this.#end = this.#bytes.writeUInt32LE(headers.length, lengthAt);
    this.#separate();
  }
}
