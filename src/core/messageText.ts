import type { MessageFormat } from './format';
import type { KafkaRecord } from './kafka';

type Decode = (records: readonly KafkaRecord[]) => readonly KafkaRecord[];

/** Gathers messages and their text for a document, within a size. */
export abstract class MessageText {
  protected readonly kept: KafkaRecord[] = [];
  protected readonly texts: string[] = [];
  protected first = 0;
  protected size = 0;

  /** `maxSize` is in UTF-16 units of the text, about its bytes; `decode` makes what the text shows. */
  constructor(
    protected readonly format: MessageFormat,
    protected readonly maxSize: number,
    protected readonly decode: Decode = (records) => records,
  ) {}

  /** Adds messages. Returns whether more may be added. */
  abstract add(batch: readonly KafkaRecord[]): boolean;

  /** The messages that the text holds, as they were added. */
  abstract get records(): readonly KafkaRecord[];

  /** How many messages the text holds. */
  abstract get count(): number;

  /** Whether messages were left out because of the size. */
  abstract get limited(): boolean;

  /** The text, without what begins and ends the document. */
  get body(): string {
    return this.texts.slice(this.first).join(this.format.separator);
  }
}

/** Takes messages until the text has the size; the last batch is taken whole. */
export class FirstMessages extends MessageText {
  add(batch: readonly KafkaRecord[]): boolean {
    const text = this.format.records(this.decode(batch));
    this.texts.push(text);
    this.size += text.length;
    for (const record of batch) this.kept.push(record);
    return !this.limited;
  }

  get records(): readonly KafkaRecord[] {
    return this.kept;
  }

  get count(): number {
    return this.kept.length;
  }

  get limited(): boolean {
    return this.size >= this.maxSize;
  }
}

/** Takes all messages and keeps the last ones, within a number and a size, but at least one. */
export class LastMessages extends MessageText {
  #limited = false;

  constructor(
    format: MessageFormat,
    maxSize: number,
    private readonly maxCount: number,
    decode?: Decode,
  ) {
    super(format, maxSize, decode);
  }

  add(batch: readonly KafkaRecord[]): boolean {
    for (const record of batch) {
      const text = this.format.records(this.decode([record]));
      this.texts.push(text);
      this.kept.push(record);
      this.size += text.length;
      while (this.count > this.maxCount) this.#dropFirst();
      while (this.count > 1 && this.size > this.maxSize) {
        this.#limited = true;
        this.#dropFirst();
      }
    }
    // Moving the array for every message would be quadratic; moving it at half is linear.
    if (this.first > this.texts.length / 2) {
      this.texts.splice(0, this.first);
      this.kept.splice(0, this.first);
      this.first = 0;
    }
    return true;
  }

  get records(): readonly KafkaRecord[] {
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
