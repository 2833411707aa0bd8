/** A record in the form that the log accepts. */
export interface LogRecord {
  readonly key: string | null;
  readonly value: string | null;
  /** Epoch milliseconds. */
  readonly timestamp: number;
}

export interface LogSlice {
  /** Records in the JSON of the REST API, in offset order. */
  readonly records: readonly string[];
  /** The offset at which the next read begins. */
  readonly next: bigint;
}

interface Entry {
  readonly offset: bigint;
  readonly json: string;
  readonly bytes: number;
}

/**
 * The log of one partition. Records are kept in the form in which they are read, so that a
 * response only joins strings. Offsets grow by one for each record and are never used again.
 */
export class PartitionLog {
  /** Sorted by offset; there may be gaps. */
  #entries: Entry[] = [];
  #first: bigint;
  #end: bigint;
  readonly #retention: number;

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
    return this.#entries.length;
  }

  append({ key, value, timestamp }: LogRecord): void {
    // Offsets are written as digits, because a JavaScript number is not exact above 2^53.
    const json =
      `{"key":${JSON.stringify(key)},"value":${JSON.stringify(value)},` +
      `"partition":${this.partition},"offset":${this.#end.toString()},` +
      `"timestamp":${timestamp},"timestampType":"CreateTime"}`;
    this.#entries.push({ offset: this.#end, json, bytes: Buffer.byteLength(json) });
    this.#end++;
    const oldest = this.#entries[this.#entries.length - this.#retention];
    if (oldest && oldest.offset > this.#first) this.trim(oldest.offset);
  }

  /** Drops the records before `earliest`, as retention does. */
  trim(earliest: bigint): void {
    if (earliest > this.#end) throw new RangeError('A log cannot begin after its end.');
    this.#entries.splice(0, this.#indexOf(earliest));
    if (earliest > this.#first) this.#first = earliest;
  }

  /** Removes records in the middle, as compaction does: other offsets and `earliest` stay. */
  punch(offsets: Iterable<bigint>): void {
    const gone = new Set(offsets);
    this.#entries = this.#entries.filter(({ offset }) => !gone.has(offset));
  }

  /**
   * Returns up to `count` records from `offset` on that fit into `maxBytes`. The first one is
   * always returned, as in Kafka. `offset` must be between `earliest` and `latest`.
   */
  read(offset: bigint, count: number, maxBytes: number): LogSlice {
    const records: string[] = [];
    let next = this.#end;
    let size = 0;
    for (let index = this.#indexOf(offset); records.length < count; index++) {
      const entry = this.#entries[index];
      if (!entry) break;
      size += entry.bytes;
      if (records.length > 0 && size > maxBytes) break;
      records.push(entry.json);
      next = entry.offset + 1n;
    }
    return { records, next };
  }

  /** Returns the index of the first record at or after `offset`. */
  #indexOf(offset: bigint): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.#entries[middle];
      if (entry && entry.offset < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
