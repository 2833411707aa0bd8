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

/** Merges the heads of several partitions by timestamp, then by partition. */
export class MergeHeap {
  readonly #heap: PartitionPages[];

  constructor(partitions: readonly PartitionPages[]) {
    this.#heap = partitions.filter(({ head }) => head);
    for (let at = (this.#heap.length >> 1) - 1; at >= 0; at -= 1) this.#settle(at);
  }

  /**
   * The earliest head. `undefined` once the partition whose head comes next has no record in
   * memory.
   */
  get first(): KafkaRecord | undefined {
    return this.#heap[0]?.head;
  }

  /** Moves past the head that `first` returned. */
  takeFirst(): void {
    this.#heap[0]?.skip();
    this.#settle(0);
  }

  /**
   * Moves an element down the heap until none of its children precedes it. An element without a
   * head stays where it is.
   */
  #settle(at: number): void {
    const sinking = this.#heap[at];
    if (!sinking) return;
    for (;;) {
      const left = 2 * at + 1;
      const child = precedes(this.#heap[left + 1], this.#heap[left]) ? left + 1 : left;
      const rising = this.#heap[child];
      if (!rising || !precedes(rising, sinking)) break;
      this.#heap[at] = rising;
      at = child;
    }
    this.#heap[at] = sinking;
  }
}

function precedes(a: PartitionPages | undefined, b: PartitionPages | undefined): boolean {
  if (!a?.head || !b?.head) return false;
  const difference = (a.head.timestamp ?? 0) - (b.head.timestamp ?? 0);
  return difference === 0 ? a.partition < b.partition : difference < 0;
}
