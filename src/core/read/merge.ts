import type { KafkaRecord, Offset, RecordPage } from '../kafka';

/** The pages of one partition, one of which is in memory: the current page. */
export class PartitionPages {
  /** The offset at which the current page ends. */
  #next: Offset;
  #records: readonly KafkaRecord[] = [];
  #index = 0;
  #ended = false;
  readonly #pages: AsyncIterator<RecordPage>;

  constructor(
    readonly partition: number,
    from: Offset,
    private readonly until: Offset,
    pages: AsyncIterable<RecordPage>,
  ) {
    this.#next = from;
    this.#pages = pages[Symbol.asyncIterator]();
  }

  /** The next record of the current page. */
  get head(): KafkaRecord | undefined {
    return this.#records[this.#index];
  }

  /** The offset of the next record to be taken, or the offset at which the next page begins. */
  get position(): Offset {
    return this.head?.offset ?? this.#next;
  }

  /** Whether there is no page after the current one. */
  get ended(): boolean {
    return this.#ended || this.#next >= this.until;
  }

  /** Moves past the head. */
  skip(): void {
    this.#index += 1;
  }

  /** Loads the next page, makes it the current one and returns it; `undefined` at the end. */
  async load(): Promise<RecordPage | undefined> {
    const result = await this.#pages.next();
    if (result.done) {
      this.#ended = true;
      return undefined;
    }
    this.#records = result.value.records;
    this.#index = 0;
    this.#next = result.value.next;
    return result.value;
  }

  /**
   * Waits until the requests have ended, which the caller must have aborted, and releases the
   * pages.
   */
  async close(): Promise<void> {
    await this.#pages.return?.();
  }
}

/** A partition in the heap, with what its place depends on. */
interface Entry {
  readonly pages: PartitionPages;
  /** Of the head. It is kept here because it is compared much more often than it changes. */
  timestamp: number;
}

/**
 * Merges the heads of several partitions by timestamp, then by partition. A record costs the
 * logarithm of the number of partitions, of which there may be thousands.
 */
export class MergeHeap {
  readonly #heap: Entry[] = [];

  /** The earliest head; `undefined` if there is none. */
  get first(): KafkaRecord | undefined {
    return this.#heap[0]?.pages.head;
  }

  /** Adds a partition, which must have a head. */
  add(pages: PartitionPages): void {
    const entry = { pages, timestamp: timeOf(pages) };
    let at = this.#heap.push(entry) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const sinking = this.#heap[above];
      if (!sinking || !precedes(entry, sinking)) break;
      this.#heap[at] = sinking;
      at = above;
    }
    this.#heap[at] = entry;
  }

  /**
   * Moves past the head that `first` returned. Returns its partition, and takes it out if it has no
   * other record in memory.
   */
  takeFirst(): PartitionPages | undefined {
    const [first] = this.#heap;
    if (!first) return undefined;
    const { pages } = first;
    pages.skip();
    if (pages.head) {
      first.timestamp = timeOf(pages);
      this.#sink(first);
    } else {
      const last = this.#heap.pop();
      if (last && this.#heap.length > 0) this.#sink(last);
    }
    return pages;
  }

  /** Puts an entry in the place of the first, or below where all that is above precedes it. */
  #sink(sinking: Entry): void {
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      const [one, other] = [this.#heap[left], this.#heap[left + 1]];
      const takesOther = one && other && precedes(other, one);
      const rising = takesOther ? other : one;
      if (!rising || !precedes(rising, sinking)) {
        this.#heap[at] = sinking;
        return;
      }
      this.#heap[at] = rising;
      at = takesOther ? left + 1 : left;
    }
  }
}

function timeOf({ head }: PartitionPages): number {
  return head?.timestamp ?? 0;
}

function precedes(a: Entry, b: Entry): boolean {
  if (a.timestamp !== b.timestamp) return a.timestamp < b.timestamp;
  return a.pages.partition < b.pages.partition;
}
