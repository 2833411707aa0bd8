import { type DecodedRecord, type DescribeProblem, legible } from './decoded';
import type { MessageFormat } from './format';
import type { Offset } from '../kafka';
import { recordBytes } from './size';

/**
 * The longest text of a document, in UTF-16 units. VS Code gives extensions no access to a document
 * of more than 50 MiB.
 */
export const MAX_TEXT = 48 * 1024 * 1024;

/** A batch of at most this many bytes certainly takes only a part of a document. */
const LARGE_BATCH = 2 * 1024 * 1024;

/** A message that no document can hold. */
export interface LargeMessage {
  readonly partition: number;
  readonly offset: Offset;
  /** The size of key, value and headers. */
  readonly bytes: number;
}

/** Collects messages and their text for a document of limited size. */
export abstract class MessageText {
  protected readonly kept: DecodedRecord[] = [];
  protected readonly texts: string[] = [];
  protected first = 0;
  protected size = 0;
  readonly #tooLarge: LargeMessage[] = [];

  /** `maxSize` is the size of the text in UTF-16 units, which is about its size in bytes. */
  constructor(
    protected readonly format: MessageFormat,
    protected readonly maxSize: number,
    protected readonly describe: DescribeProblem = ({ kind }) => kind,
  ) {}

  /** Adds messages. Returns whether more may be added. */
  abstract add(batch: readonly DecodedRecord[]): boolean;

  /** The messages in the text, in the order in which they were added. */
  abstract get records(): readonly DecodedRecord[];

  /** The number of messages in the text. */
  abstract get count(): number;

  /** Whether messages were left out because of the size. */
  abstract get limited(): boolean;

  /** Messages that were left out because each is too large for any document. */
  get tooLarge(): readonly LargeMessage[] {
    return this.#tooLarge;
  }

  /** The messages of the last batch that did not fit into the document, in order. */
  get untaken(): readonly DecodedRecord[] {
    return [];
  }

  /** Returns the text of a message, or `undefined` if it is too large for any document. */
  protected textOf(record: DecodedRecord): string | undefined {
    const { partition, offset } = record.raw;
    const bytes = recordBytes(record.raw);
    // A message with more bytes than that is not even formatted, to save the memory.
    const text = bytes > MAX_TEXT ? undefined : this.write([record]);
    if (text !== undefined && text.length <= MAX_TEXT) return text;
    this.#tooLarge.push({ partition, offset, bytes });
    return undefined;
  }

  /** Returns the text of some messages. */
  protected write(records: readonly DecodedRecord[]): string {
    return this.format.records(records.map((record) => legible(record, this.describe)));
  }

  /** The text without the beginning and the end of the document. */
  get body(): string {
    return this.texts.slice(this.first).join(this.format.separator);
  }
}

/**
 * Keeps the first messages, until the text reaches `maxSize`. The last batch is kept whole if a
 * document can hold it.
 */
export class FirstMessages extends MessageText {
  #untaken: readonly DecodedRecord[] = [];

  add(batch: readonly DecodedRecord[]): boolean {
    const bytes = batch.reduce((sum, { raw }) => sum + recordBytes(raw), 0);
    // Formatting a batch at once is faster, but a large batch may have to be split.
    if (bytes <= LARGE_BATCH && this.size < MAX_TEXT / 2) {
      this.#take(batch, this.write(batch));
      return !this.limited;
    }
    for (const [index, record] of batch.entries()) {
      const text = this.textOf(record);
      if (text === undefined) continue;
      if (this.size + text.length > MAX_TEXT) {
        this.#untaken = batch.slice(index);
        break;
      }
      this.#take([record], text);
    }
    return !this.limited;
  }

  override get untaken(): readonly DecodedRecord[] {
    return this.#untaken;
  }

  get records(): readonly DecodedRecord[] {
    return this.kept;
  }

  get count(): number {
    return this.kept.length;
  }

  get limited(): boolean {
    return this.size >= this.maxSize || this.#untaken.length > 0;
  }

  #take(records: readonly DecodedRecord[], text: string): void {
    this.texts.push(text);
    this.size += text.length;
    for (const record of records) this.kept.push(record);
  }
}

/** Keeps the last messages within a count and a size, but at least one. */
export class LastMessages extends MessageText {
  #limited = false;

  constructor(
    format: MessageFormat,
    maxSize: number,
    private readonly maxCount: number,
    describe?: DescribeProblem,
  ) {
    super(format, maxSize, describe);
  }

  add(batch: readonly DecodedRecord[]): boolean {
    for (const record of batch) {
      const text = this.textOf(record);
      if (text === undefined) continue;
      this.texts.push(text);
      this.kept.push(record);
      this.size += text.length;
      while (this.count > this.maxCount) this.#dropFirst();
      while (this.count > 1 && this.size > this.maxSize) {
        this.#limited = true;
        this.#dropFirst();
      }
    }
    // Removing messages one by one would take quadratic time. Removing half of the array is linear.
    if (this.first > this.texts.length / 2) {
      this.texts.splice(0, this.first);
      this.kept.splice(0, this.first);
      this.first = 0;
    }
    return true;
  }

  get records(): readonly DecodedRecord[] {
    return this.kept.slice(this.first);
  }

  get count(): number {
    return this.texts.length - this.first;
  }

  get limited(): boolean {
    return this.#limited;
  }

  #dropFirst(): void {
    this.size -= this.texts[this.first]?.length ?? 0;
    this.texts[this.first++] = '';
  }
}
