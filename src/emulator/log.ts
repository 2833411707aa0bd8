/** A record as the log takes it. */
export interface LogRecord {
  readonly key: string | null;
  readonly value: string | null;
  /** Epoch milliseconds. */
  readonly timestamp: number;
}

export interface LogSlice {
  /** Records in the JSON of the REST API, in offset order. */
  readonly records: readonly string[];
  /** Where to read on. */
  readonly next: bigint;
}

interface Entry {
  readonly offset: bigint;
  readonly json: string;
  readonly bytes: number;
}

/**
 * The log of one partition. Records are kept in the form in which they are read, so that a response
 * is a matter of joining strings. Offsets grow by one for each record and are never used again.
 */
export class PartitionLog {
  /** Sorted by offset; there may be gaps. */
  #entries: Entry[] = [];
  #first: bigint;
  #end: bigint;
  readonly #retention: number;

  /** `retention` is the number of records that the log keeps; older ones go. */
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

  /** The offset at which the log begins, whether or not a record is there. */
  get earliest(): bigint {
    return this.#first;
  }

  /** The offset that the next record will get. */
  get latest(): bigint {
    return this.#end;
  }

  append({ key, value, timestamp }: LogRecord): void {
    // Offsets go out as digits: above 2^53 a JavaScript number could not tell them apart.
    const json =
      `{"key":${JSON.stringify(key)},"value":${JSON.stringify(value)},` +
      `"partition":${this.partition},"offset":${this.#end.toString()},` +
      `"timestamp":${timestamp},"timestampType":"CreateTime"}`;
    this.#entries.push({ offset: this.#end, json, bytes: Buffer.byteLength(json) });
    this.#end++;
    const oldest = this.#entries[this.#entries.length - this.#retention];
    if (oldest && oldest.offset > this.#first) this.trim(oldest.offset);
  }

  /** Drops what is before `earliest`, as retention does. */
  trim(earliest: bigint): void {
    if (earliest > this.#end) throw new RangeError('A log begins at latest at its end.');
    this.#entries.splice(0, this.#indexOf(earliest));
    if (earliest > this.#first) this.#first = earliest;
  }

  /** Takes records out of the middle, as compaction does: offsets and `earliest` stay. */
  punch(offsets: Iterable<bigint>): void {
    const gone = new Set(offsets);
    this.#entries = this.#entries.filter(({ offset }) => !gone.has(offset));
  }

  /**
   * Up to `count` records from `offset` on, as long as they fit into `maxBytes`; the first one
   * always fits, as in Kafka. `offset` must lie between `earliest` and `latest`.
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

  /** The index of the first record at or behind `offset`. */
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
