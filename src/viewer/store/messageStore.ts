import type { KafkaRecord, RecordHeader } from '../../core/kafka';
import { payloadBytes } from '../../core/message/size';
import { BufferPool } from './bufferPool';
import { ChunkList } from './chunkList';
import { MESSAGE_OVERHEAD, MessageChunk } from './messageChunk';
import type { Sequence } from '../protocol';

export interface StoreLimits {
  readonly maxMessages: number;
  /** Of keys, values and headers, with `MESSAGE_OVERHEAD` a message. */
  readonly maxBytes: number;
}

const CHUNK_BYTES = 1024 * 1024;
/** Kafka has two types of timestamps. A cluster that has more than this many made them up. */
const MAX_TYPES = 16;

/**
 * The newest messages that were received, within limits; beyond them the oldest ones are dropped, one
 * by one, but the last one stays, however large. Each has a number, 0 for the first one received.
 *
 * Keys, values and facts are kept in chunks of shared memory, so that a worker reads them in place.
 * Everything comes back as it was given, but for half a surrogate pair in a text, which UTF-8 cannot
 * hold and which becomes U+FFFD. Headers, which few proxies have, stay in this thread: they are not
 * filtered.
 */
export class MessageStore {
  readonly #chunks = new ChunkList();
  /** Of dropped messages; a worker may still read it. */
  #dropped: SharedArrayBuffer[] = [];
  readonly #headers = new Map<Sequence, readonly RecordHeader[]>();
  readonly #timestampTypes: (string | undefined)[] = [undefined];
  #limits: StoreLimits;
  #first: Sequence = 0;
  #end: Sequence = 0;
  #bytes = 0;

  /** Stores that take their memory from the same pool use it one after the other. */
  constructor(
    limits: StoreLimits,
    readonly buffers = new BufferPool(),
  ) {
    this.#limits = limits;
  }

  /** The number of the oldest message held; `end` if none is. */
  get first(): Sequence {
    return this.#first;
  }

  /** The number that the next message will get. */
  get end(): Sequence {
    return this.#end;
  }

  get received(): number {
    return this.#end;
  }

  get held(): number {
    return this.#end - this.#first;
  }

  get dropped(): number {
    return this.#first;
  }

  /** What the messages held take; see `StoreLimits.maxBytes`. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The chunks that hold messages, the oldest first. Beginning and end may hold others, too. */
  get chunks(): ChunkList {
    return this.#chunks;
  }

  /** Changes the limits, which may drop messages. */
  setLimits(limits: StoreLimits): void {
    this.#limits = limits;
    this.#drop();
  }

  append(records: readonly KafkaRecord[]): void {
    for (const record of records) this.#add(record);
    this.#drop();
  }

  /** The message of this number; `undefined` where it is dropped or not there yet. */
  record(sequence: Sequence): KafkaRecord | undefined {
    if (sequence < this.#first || sequence >= this.#end) return undefined;
    const chunk = this.#chunks.of(sequence);
    const index = sequence - chunk.first;
    const timestamp = chunk.timestamp(index);
    const timestampType = this.#timestampTypes[chunk.timestampType(index)];
    const headers = this.#headers.get(sequence);
    return {
      partition: chunk.partition(index),
      offset: chunk.offset(index),
      ...(!Number.isNaN(timestamp) && { timestamp }),
      ...(timestampType !== undefined && { timestampType }),
      key: chunk.key(index),
      value: chunk.value(index),
      ...(headers && { headers }),
    };
  }

  /** Uses the memory of dropped messages again. To be called while no worker reads it. */
  reuseDropped(): void {
    for (const buffer of this.#dropped) this.buffers.give(buffer);
    this.#dropped = [];
  }

  /** Drops all messages, for others to use their memory; no worker may read them any more. */
  dispose(): void {
    for (const { buffer } of this.#chunks.dropBefore(Infinity)) this.buffers.give(buffer);
    this.reuseDropped();
    this.#headers.clear();
    this.#first = this.#end;
    this.#bytes = 0;
  }

  #add({
    partition,
    offset,
    timestamp = NaN,
    timestampType,
    key,
    value,
    headers,
  }: KafkaRecord): void {
    let chunk = this.#chunks.last;
    // UTF-8 takes three bytes a UTF-16 unit at the most, and counting them takes time.
    const atMost = 3 * ((key?.length ?? 0) + (value?.length ?? 0));
    if (!chunk || chunk.room < atMost) {
      const payload = payloadBytes(key) + payloadBytes(value);
      if (!chunk || chunk.room < payload) {
        const bytes = Math.max(CHUNK_BYTES, MessageChunk.bytesFor(payload));
        chunk = new MessageChunk(this.#end, this.buffers.take(bytes));
        this.#chunks.add(chunk);
      }
    }
    const facts = { partition, offset, timestamp, timestampType: this.#typeNumber(timestampType) };
    chunk.add(facts, key, value);
    if (headers) this.#headers.set(this.#end, headers);
    this.#bytes += this.#size(chunk, this.#end);
    this.#end += 1;
  }

  /** Drops what is beyond the limits. */
  #drop(): void {
    const { maxMessages, maxBytes } = this.#limits;
    while (this.held > 1 && (this.held > maxMessages || this.#bytes > maxBytes)) {
      this.#bytes -= this.#size(this.#chunks.of(this.#first), this.#first);
      this.#headers.delete(this.#first);
      this.#first += 1;
    }
    for (const { buffer } of this.#chunks.dropBefore(this.#first)) this.#dropped.push(buffer);
  }

  #size(chunk: MessageChunk, sequence: Sequence): number {
    const headers = this.#headers.get(sequence) ?? [];
    return headers.reduce(
      (sum, { name, value }) => sum + Buffer.byteLength(name) + payloadBytes(value),
      chunk.size(sequence - chunk.first) + MESSAGE_OVERHEAD,
    );
  }

  #typeNumber(type: string | undefined): number {
    const known = this.#timestampTypes.indexOf(type);
    if (known >= 0) return known;
    return this.#timestampTypes.length < MAX_TYPES ? this.#timestampTypes.push(type) - 1 : 0;
  }
}
