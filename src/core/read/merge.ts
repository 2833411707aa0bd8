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

/**
 * Merges the heads of several partitions by timestamp, then by partition. A record costs the
 * logarithm of the number of partitions, of which there may be thousands.
 */
export class MergeHeap {
  readonly #heap: PartitionPages[] = [];

  /** The earliest head; `undefined` if there is none. */
  get first(): KafkaRecord | undefined {
    return this.#heap[0]?.head;
  }

  /** Adds a partition, which must have a head. */
  add(pages: PartitionPages): void {
    let at = this.#heap.push(pages) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const sinking = this.#heap[above];
      if (!sinking || !precedes(pages, sinking)) break;
      this.#heap[at] = sinking;
      at = above;
    }
    this.#heap[at] = pages;
  }

  /**
   * Moves past the head that `first` returned. Returns its partition, and takes it out if it has no
   * other record in memory.
   */
  takeFirst(): PartitionPages | undefined {
    const [taken] = this.#heap;
    taken?.skip();
    const last = taken?.head ? undefined : this.#heap.pop();
    if (last && last !== taken) this.#heap[0] = last;
    this.#sinkFirst();
    return taken;
  }

  /** Moves the first element down until none of those below precedes it. */
  #sinkFirst(): void {
    const [sinking] = this.#heap;
    if (!sinking) return;
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      const child = precedes(this.#heap[left + 1], this.#heap[left]) ? left + 1 : left;
      const rising = this.#heap[child];
      if (!rising || !precedes(rising, sinking)) {
        this.#heap[at] = sinking;
        return;
      }
      this.#heap[at] = rising;
      at = child;
    }
  }
}

function precedes(a: PartitionPages | undefined, b: PartitionPages | undefined): boolean {
  if (!a?.head || !b?.head) return false;
  const difference = (a.head.timestamp ?? 0) - (b.head.timestamp ?? 0);
  return difference === 0 ? a.partition < b.partition : difference < 0;
}
