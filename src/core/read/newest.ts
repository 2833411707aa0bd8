import type { KafkaRecord } from '../kafka';
import { recordBytes } from '../message/size';

interface Batch {
  readonly records: readonly KafkaRecord[];
  readonly bytes: number;
}

const NOTHING: Batch = { records: [], bytes: 0 };

/**
 * Keeps the newest records of all batches that are added, within limits, but at least one record.
 * At most one batch more than the limits allow is in memory.
 */
export class NewestRecords {
  #batches: Batch[] = [];
  /** The index of the oldest batch that is still held. The entries before it are empty. */
  #first = 0;
  #records = 0;
  #bytes = 0;
  #seen = 0;

  constructor(
    private readonly maxRecords: number,
    /** The limit in bytes of keys, values and headers. */
    private readonly maxBytes = Infinity,
  ) {}

  add(records: readonly KafkaRecord[]): void {
    const bytes = sumOf(records);
    this.#batches.push({ records, bytes });
    this.#records += records.length;
    this.#bytes += bytes;
    this.#seen += records.length;
    this.#dropBatches();
  }

  /**
   * Returns the records that are kept, and whether `maxBytes` left out some of the newest
   * `maxRecords`. Forgets all records.
   */
  take(): { readonly batches: readonly (readonly KafkaRecord[])[]; readonly limited: boolean } {
    const [oldest = NOTHING, ...others] = this.#batches.slice(this.#first);
    const trimmed = this.#trimmed(oldest.records);
    const left = this.#records - oldest.records.length + trimmed.length;
    const limited = left < Math.min(this.#seen, this.maxRecords);
    this.#batches = [];
    this.#first = this.#records = this.#bytes = this.#seen = 0;
    return { batches: [trimmed, ...others.map(({ records }) => records)], limited };
  }

  /** Drops the oldest batches as long as the remaining ones reach the limits. */
  #dropBatches(): void {
    for (let oldest = this.#batches[this.#first]; oldest; oldest = this.#batches[this.#first]) {
      const records = this.#records - oldest.records.length;
      const bytes = this.#bytes - oldest.bytes;
      if (records < this.maxRecords && bytes <= this.maxBytes) break;
      [this.#records, this.#bytes] = [records, bytes];
      this.#batches[this.#first++] = NOTHING;
    }
    // Removing each batch from the array would take quadratic time. Removing half of it at once is
    // linear.
    if (this.#first > this.#batches.length / 2) {
      this.#batches = this.#batches.slice(this.#first);
      this.#first = 0;
    }
  }

  /**
   * Returns the records of the oldest batch that fit within the limits together with all other
   * batches.
   */
  #trimmed(records: readonly KafkaRecord[]): readonly KafkaRecord[] {
    const others = this.#records - records.length;
    let left = this.#bytes;
    const start = records.findIndex((record, index) => {
      const fits = records.length - index + others <= this.maxRecords && left <= this.maxBytes;
      const isLast = others === 0 && index === records.length - 1;
      left -= recordBytes(record);
      return fits || isLast;
    });
    return start < 0 ? [] : records.slice(start);
  }
}

function sumOf(records: readonly KafkaRecord[]): number {
  return records.reduce((sum, record) => sum + recordBytes(record), 0);
}
