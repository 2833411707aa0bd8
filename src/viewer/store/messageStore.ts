import type { KafkaRecord, Payload, RecordHeader } from '../../core/kafka';
import type { DecodedRecord, ShownParts } from '../../core/message/decoded';
import type { DecodedFacts, DecodeProblem, Shown } from '../../core/message/decoders/decoder';
import { headersJson } from '../../core/message/headers';
import { payloadBytes } from '../../core/message/size';
import { BufferPool } from './bufferPool';
import { ChunkList } from './chunkList';
import { HEADERS_OVERHEAD, MAX_TYPES, RAW_OVERHEAD } from './chunkLayout';
import { ChunkWriter } from './chunkWriter';
import { FactTable } from './factTable';
import { MessageChunk } from './messageChunk';
import type { Sequence } from '../protocol';

export interface StoreLimits {
  readonly maxMessages: number;
  /**
   * The limit for keys, values, decoded texts and headers, with `MESSAGE_OVERHEAD` for each
   * message.
   */
  readonly maxBytes: number;
}

const CHUNK_BYTES = 1024 * 1024;
/** The approximate additional size of a message that could not be decoded. */
const PROBLEM_BYTES = 200;

/**
 * The newest messages that were received, within limits. Beyond the limits the oldest ones are
 * dropped one by one, but the last one stays, however large. Messages are numbered from 0 for the
 * first one received.
 *
 * Keys, values, decoded texts, headers and facts are kept in chunks of shared memory, so that a
 * worker can read them in place. Everything comes back as it was given, except half a surrogate
 * pair in a text, which UTF-8 cannot hold and which becomes U+FFFD. Problems of decoding stay in
 * this thread, because filters do not look at them.
 */
export class MessageStore {
  readonly #chunks = new ChunkList();
  /** Writes to the last chunk. */
  #writer: ChunkWriter | undefined;
  /** The memory of dropped messages. A worker may still read it. */
  #dropped: SharedArrayBuffer[] = [];
  readonly #problems = new Map<Sequence, PartProblems>();
  /** How keys and values were decoded. */
  readonly #facts = new FactTable();
  readonly #timestampTypes: (string | undefined)[] = [undefined];
  /** The number of the first message that `keepNewest` has not passed over. */
  #passedOver: Sequence = 0;
  #first: Sequence = 0;
  #end: Sequence = 0;
  #bytes = 0;
  /** Has the messages before its end in place of this store. */
  #heir: MessageStore | undefined;

  /**
   * Stores with the same pool reuse each other's memory. `like` is a store whose messages, made
   * anew, this one is to take: they get the same numbers.
   */
  constructor(
    private readonly limits: StoreLimits,
    readonly buffers = new BufferPool(),
    like?: MessageStore,
  ) {
    if (!like) return;
    this.#passedOver = like.#passedOver;
    this.#first = this.#end = like.#first;
  }

  /** The number of the oldest message in memory; `end` if there is none. */
  get first(): Sequence {
    return this.#first;
  }

  /** The number that the next message will get. */
  get end(): Sequence {
    return this.#end;
  }

  /** How many messages were received, without those that `keepNewest` passed over. */
  get received(): number {
    return this.#end - this.#passedOver;
  }

  get held(): number {
    return this.#end - this.#first;
  }

  /** How many of the messages received were dropped because of the limits. */
  get dropped(): number {
    return this.#first - this.#passedOver;
  }

  /** The size of the messages in memory; see `StoreLimits.maxBytes`. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The formats in which keys or values were decoded so far. */
  formats(part: 'key' | 'value'): readonly string[] {
    return this.#facts.formats(part);
  }

  /**
   * The chunks that hold the messages, the oldest first. The first and last chunk may hold others,
   * too.
   */
  get chunks(): ChunkList {
    return this.#chunks;
  }

  /**
   * Passes over all messages but the newest `count`, and keeps at least one. The messages that it
   * passes over count neither as received nor as dropped.
   */
  keepNewest(count: number): void {
    this.#passedOver = Math.max(this.#passedOver, this.#end - count);
    this.#drop();
  }

  /** Removes all messages. They count neither as received nor as dropped any more. */
  clear(): void {
    this.#passedOver = this.#first = this.#end;
    this.#writer = undefined;
    this.#heir = undefined;
    this.#problems.clear();
    this.#bytes = 0;
    for (const { buffer } of this.#chunks.dropBefore(Infinity)) this.#dropped.push(buffer);
  }

  append(records: readonly DecodedRecord[]): void {
    for (const record of records) this.#add(record);
    this.#drop();
  }

  /** Returns the message with this number; `undefined` if it was dropped or has not come yet. */
  record(sequence: Sequence): DecodedRecord | undefined {
    if (sequence < this.#first || sequence >= this.#end) return undefined;
    if (this.#heir && sequence < this.#heir.end) return this.#heir.record(sequence);
    const chunk = this.#chunks.of(sequence);
    const index = sequence - chunk.first;
    const [key, value] = [chunk.key(index), chunk.value(index)];
    const [rawKey = key, rawValue = value] = [chunk.rawKey(index), chunk.rawValue(index)];
    const raw = this.#raw(sequence, rawKey, rawValue);
    const problems = this.#problems.get(sequence);
    const facts = this.#facts.at(chunk.decoding(index));
    const shown = {
      ...shownPart('key', key, rawKey, problems?.key, facts.key),
      ...shownPart('value', value, rawValue, problems?.value, facts.value),
    };
    return shown.key || shown.value ? { raw, shown } : { raw };
  }

  /** Returns the chunk that holds a message of this store; `undefined` if it is dropped. */
  chunkOf(sequence: Sequence): MessageChunk | undefined {
    if (sequence < this.#first || sequence >= this.#end) return undefined;
    if (this.#heir && sequence < this.#heir.end) return this.#heir.chunkOf(sequence);
    return this.#chunks.of(sequence);
  }

  /**
   * Lets another store, which was made like this one, answer for the messages that it has by now, and
   * gives up the memory of those. No worker may read it any more, and nothing may be added.
   */
  handOver(to: MessageStore): void {
    this.#heir = to;
    for (const { buffer } of this.#chunks.dropBefore(to.end)) this.buffers.give(buffer);
  }

  #raw(sequence: Sequence, key: Payload | null, value: Payload | null): KafkaRecord {
    const chunk = this.#chunks.of(sequence);
    const index = sequence - chunk.first;
    const timestamp = chunk.timestamp(index);
    const timestampType = this.#timestampTypes[chunk.timestampType(index)];
    const headers = chunk.headers(index);
    return {
      partition: chunk.partition(index),
      offset: chunk.offset(index),
      ...(!Number.isNaN(timestamp) && { timestamp }),
      ...(timestampType !== undefined && { timestampType }),
      key,
      value,
      ...(headers && { headers }),
    };
  }

  /**
   * Makes the memory of dropped messages available again. Must be called only while no worker reads
   * it.
   */
  reuseDropped(): void {
    for (const buffer of this.#dropped) this.buffers.give(buffer);
    this.#dropped = [];
  }

  /** Drops all messages and gives their memory back. No worker may read them any more. */
  dispose(): void {
    this.clear();
    this.reuseDropped();
  }

  #add({ raw, shown }: DecodedRecord): void {
    const { partition, offset, timestamp = NaN, timestampType, key, value, headers } = raw;
    const shownKey = otherText(shown?.key, key);
    const shownValue = otherText(shown?.value, value);
    const parts = [key, value, shownKey ?? null, shownValue ?? null];
    const listed = headers?.length ? headersBytes(headers) : undefined;
    const overhead =
      (shownKey === undefined && shownValue === undefined ? 0 : RAW_OVERHEAD) +
      (listed ? listed.length + HEADERS_OVERHEAD : 0);
    let writer = this.#writer;
    // UTF-8 takes at most three bytes for a UTF-16 unit, and counting the exact number takes time.
    const atMost = overhead + 3 * parts.reduce((sum, part) => sum + (part?.length ?? 0), 0);
    if (!writer || writer.room < atMost) {
      const bytes = overhead + parts.reduce((sum, part) => sum + payloadBytes(part), 0);
      if (!writer || writer.room < bytes) writer = this.#addChunk(bytes);
    }
    const facts = {
      partition,
      offset,
      timestamp,
      timestampType: this.#typeNumber(timestampType),
      decoding: this.#facts.numberOf(shown),
    };
    writer.add(facts, { key, value, shownKey, shownValue, headers: listed });
    const problems = problemsOf(shown);
    if (problems) this.#problems.set(this.#end, problems);
    this.#bytes += this.#size(writer.chunk, this.#end);
    this.#end += 1;
  }

  /** Adds a chunk with room for a message with this many bytes and its overhead. */
  #addChunk(bytes: number): ChunkWriter {
    const size = Math.max(CHUNK_BYTES, ChunkWriter.bytesFor(bytes));
    const chunk = new MessageChunk(this.#end, this.buffers.take(size));
    this.#chunks.add(chunk);
    return (this.#writer = new ChunkWriter(chunk));
  }

  /** Drops what was passed over and what is beyond the limits. */
  #drop(): void {
    const { maxMessages, maxBytes } = this.limits;
    while (
      this.held > 1 &&
      (this.#first < this.#passedOver || this.held > maxMessages || this.#bytes > maxBytes)
    ) {
      this.#bytes -= this.#size(this.#chunks.of(this.#first), this.#first);
      this.#problems.delete(this.#first);
      this.#first += 1;
    }
    for (const { buffer } of this.#chunks.dropBefore(this.#first)) this.#dropped.push(buffer);
  }

  #size(chunk: MessageChunk, sequence: Sequence): number {
    const problems = this.#problems.has(sequence) ? PROBLEM_BYTES : 0;
    return chunk.taken(sequence - chunk.first) + problems;
  }

  #typeNumber(type: string | undefined): number {
    const known = this.#timestampTypes.indexOf(type);
    if (known >= 0) return known;
    return this.#timestampTypes.length < MAX_TYPES ? this.#timestampTypes.push(type) - 1 : 0;
  }
}

/** Why the key or the value could not be decoded. */
type PartProblems = Partial<Record<'key' | 'value', DecodeProblem>>;

function problemsOf(shown: ShownParts | undefined): PartProblems | undefined {
  const key = shown?.key?.problem;
  const value = shown?.value?.problem;
  return key || value ? { ...(key && { key }), ...(value && { value }) } : undefined;
}

/**
 * Returns headers as a chunk stores them. Half a surrogate pair in a name becomes U+FFFD, as in
 * keys and values.
 */
function headersBytes(headers: readonly RecordHeader[]): Buffer {
  const whole = headers.map(({ name, value }) => ({ name: name.toWellFormed(), value }));
  return Buffer.from(headersJson(whole));
}

/** Returns the text that is shown for a payload, if it differs from the payload. */
function otherText(shown: Shown | undefined, payload: Payload | null): string | undefined {
  return payload === null || shown?.text === payload ? undefined : shown?.text;
}

/** Returns what is shown of the key or the value, if it was decoded. */
function shownPart(
  part: 'key' | 'value',
  text: Payload | null,
  raw: Payload | null,
  problem: DecodeProblem | undefined,
  facts: DecodedFacts | undefined,
): ShownParts {
  if (problem) return { [part]: { problem, ...(facts && { facts }) } };
  if (typeof text !== 'string' || (text === raw && !facts)) return {};
  return { [part]: { text, ...(facts && { facts }) } };
}
