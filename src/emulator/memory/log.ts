import type { KafkaRecord, NewRecord, Payload } from '../../core/kafka';
import { recordBytes } from '../recordBytes';

/** A record in the form that the log accepts. */
export type LogRecord = Pick<NewRecord, 'headers'> & {
  readonly key: Payload | null;
  readonly value: Payload | null;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  /** Default: `CreateTime`. */
  readonly timestampType?: KafkaRecord['timestampType'];
};

/** How a transaction ends. */
export type TransactionEnd = 'commit' | 'abort';

export interface ReadLimits {
  readonly count: number;
  /** The maximum size of the records, but for the first one. */
  readonly maxBytes: number;
  /** Whether records of aborted and open transactions are left out. */
  readonly committedOnly?: boolean;
}

export interface LogSlice {
  /** In offset order. */
  readonly records: readonly KafkaRecord[];
  /** The offset at which the next read begins. */
  readonly next: bigint;
}

/** The log of one partition. Offsets grow by one for each record and are never used again. */
export class PartitionLog {
  /** Sorted by offset; there may be gaps. */
  #records: KafkaRecord[] = [];
  #first: bigint;
  #end: bigint;
  readonly #retention: number;
  /** The offsets of records whose transaction was aborted. */
  readonly #aborted = new Set<bigint>();
  /** The records of each transaction that is under way, by offset. */
  readonly #open = new Set<readonly bigint[]>();
  readonly #waiting = new Set<() => void>();
  /** The offsets at which batches begin, in order. */
  readonly #batches: bigint[] = [];

  /** `retention` is the number of records that the log keeps; older ones are dropped. */
  constructor(
    private readonly partition: number,
    {
      firstOffset = 0n,
      retention = Infinity,
    }: { readonly firstOffset?: bigint | undefined; readonly retention?: number | undefined } = {},
  ) {
    this.#first = firstOffset;
    this.#end = firstOffset;
    this.#retention = retention;
  }

  /** The offset at which the log begins, whether or not it still has a record there. */
  get earliest(): bigint {
    return this.#first;
  }

  /** The offset that the next record will get. */
  get latest(): bigint {
    return this.#end;
  }

  /** The number of records that it still has. */
  get size(): number {
    return this.#records.length;
  }

  /** Begins a batch, to which the records belong that are appended from now on. */
  beginBatch(): void {
    if (this.#batches.at(-1) !== this.#end) this.#batches.push(this.#end);
  }

  /** Appends a record, and returns its offset. */
  append({ key, value, timestamp, timestampType = 'CreateTime', headers = [] }: LogRecord): bigint {
    const offset = this.#end;
    this.#records.push({
      partition: this.partition,
      offset,
      timestamp,
      timestampType,
      key,
      value,
      ...(headers.length > 0 && { headers }),
    });
    this.#end++;
    const oldest = this.#records[this.#records.length - this.#retention];
    if (oldest && oldest.offset > this.#first) this.trim(oldest.offset);
    this.#wake();
    return offset;
  }

  /**
   * Appends the records of a transaction, and returns a function that ends it. The mark of its end
   * takes an offset, as in Kafka, so that there is a gap.
   */
  begin(records: readonly LogRecord[]): (end: TransactionEnd) => void {
    this.beginBatch();
    const offsets = records.map((record) => this.append(record));
    this.#open.add(offsets);
    return (end) => {
      if (!this.#open.delete(offsets)) throw new RangeError('The transaction has ended.');
      if (end === 'abort') for (const offset of offsets) this.#aborted.add(offset);
      this.beginBatch();
      this.#end++;
      this.#wake();
    };
  }

  /** Resolves when something was appended, or after `ms`. */
  async change(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#waiting.add(wake);
    });
  }

  /** Drops the records before `earliest`, as retention does. */
  trim(earliest: bigint): void {
    if (earliest > this.#end) throw new RangeError('A log cannot begin after its end.');
    this.#records.splice(0, this.#indexOf(earliest));
    if (earliest > this.#first) this.#first = earliest;
  }

  /** Removes records in the middle, as compaction does: other offsets and `earliest` stay. */
  punch(offsets: Iterable<bigint>): void {
    const gone = new Set(offsets);
    this.#records = this.#records.filter(({ offset }) => !gone.has(offset));
  }

  /**
   * Returns up to `count` records from `offset` on that fit into `maxBytes`. The first one is
   * always returned, as in Kafka. `offset` must be between `earliest` and `latest`.
   */
  read(offset: bigint, { count, maxBytes, committedOnly = false }: ReadLimits): LogSlice {
    const records: KafkaRecord[] = [];
    const end = committedOnly ? this.#stableEnd() : this.#end;
    let next = offset;
    let size = 0;
    for (let index = this.#indexOf(offset); records.length < count; index++) {
      const record = this.#records[index];
      if (!record || record.offset >= end) return { records, next: end > offset ? end : offset };
      if (committedOnly && this.#aborted.has(record.offset)) continue;
      size += recordBytes(record);
      if (records.length > 0 && size > maxBytes) break;
      records.push(record);
      next = record.offset + 1n;
    }
    return { records, next };
  }

  /**
   * Returns the records of the batch that holds `offset`, at any size, and of the batches behind it
   * that fit into `maxBytes`. Records before `offset` are among them, as in Kafka.
   */
  readBatches(offset: bigint, maxBytes: number): LogSlice {
    const records: KafkaRecord[] = [];
    let size = 0;
    for (let batch = indexFrom(this.#batches, offset + 1n, (begin) => begin) - 1; ; batch++) {
      const [begin = offset, end = this.#end] = this.#batches.slice(Math.max(batch, 0), batch + 2);
      const held = this.#records.slice(this.#indexOf(begin), this.#indexOf(end));
      size += held.reduce((sum, record) => sum + recordBytes(record), 0);
      if (records.length > 0 && size > maxBytes) return { records, next: begin };
      records.push(...held);
      if (end >= this.#end) return { records, next: end };
    }
  }

  /** Returns the first offset whose record has this timestamp or a later one. */
  offsetAtTime(time: number): bigint | undefined {
    return this.#records.find(({ timestamp = -1 }) => timestamp >= time)?.offset;
  }

  /** Returns the offset of the first record whose transaction is under way, or else `latest`. */
  #stableEnd(): bigint {
    let end = this.#end;
    for (const [first = end] of this.#open) if (first < end) end = first;
    return end;
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /** Returns the index of the first record at or after `offset`. */
  #indexOf(offset: bigint): number {
    return indexFrom(this.#records, offset, (record) => record.offset);
  }
}

/** Returns the index of the first item, in a list sorted by offset, at or after `offset`. */
function indexFrom<T>(items: readonly T[], offset: bigint, offsetOf: (item: T) => bigint): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && offsetOf(item) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
