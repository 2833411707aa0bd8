import type { KafkaRecord } from './kafka';
import { payloadBytes } from './reader';

/** Keeps the last records of a stream, within a number of records and of bytes. */
export class LastRecords {
  readonly #records: KafkaRecord[] = [];
  #first = 0;
  #bytes = 0;
  #trimmed = false;

  /** `maxBytes` counts keys and values. One record is always kept, however large. */
  constructor(
    private readonly maxRecords: number,
    private readonly maxBytes: number,
  ) {}

  add(batch: readonly KafkaRecord[]): void {
    for (const record of batch) {
      this.#records.push(record);
      this.#bytes += size(record);
      while (this.#count > this.maxRecords) this.#dropFirst();
      while (this.#count > 1 && this.#bytes > this.maxBytes) {
        this.#trimmed = true;
        this.#dropFirst();
      }
    }
    // Moving the array for every record would be quadratic; moving it at half is linear.
    if (this.#first > this.#records.length / 2) {
      this.#records.splice(0, this.#first);
      this.#first = 0;
    }
  }

  /** The records, oldest first. */
  get records(): readonly KafkaRecord[] {
    return this.#records.slice(this.#first);
  }

  /** Whether `maxBytes` left fewer records than `maxRecords` allows. */
  get trimmed(): boolean {
    return this.#trimmed;
  }

  get #count(): number {
    return this.#records.length - this.#first;
  }

  #dropFirst(): void {
    const record = this.#records[this.#first++];
    if (record) this.#bytes -= size(record);
  }
}

function size({ key, value }: KafkaRecord): number {
  return payloadBytes(key) + payloadBytes(value);
}
