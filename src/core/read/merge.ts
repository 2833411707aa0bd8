import type { KafkaRecord, Offset, RecordPage } from '../kafka';

/** The pages of one partition, of which one is at hand. */
export class PartitionPages {
  /** Where the page at hand ends. */
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

  /** The next record of the page at hand. */
  get head(): KafkaRecord | undefined {
    return this.#records[this.#index];
  }

  /** The offset of the next record to be taken, or where the next page begins. */
  get position(): Offset {
    return this.head?.offset ?? this.#next;
  }

  /** Whether there is no page after the one at hand. */
  get ended(): boolean {
    return this.#ended || this.#next >= this.until;
  }

  /** Takes the head off. */
  skip(): void {
    this.#index += 1;
  }

  /** Makes the next page the one at hand and returns it; `undefined` at the end. */
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

  /** Waits for what is under way, which the caller has aborted, and lets go of the pages. */
  async close(): Promise<void> {
    await this.#pages.return?.();
  }
}

/** The heads of several partitions, merged by timestamp, then partition. */
export class MergeHeap {
  readonly #heap: PartitionPages[];

  constructor(partitions: readonly PartitionPages[]) {
    this.#heap = partitions.filter(({ head }) => head);
    for (let at = (this.#heap.length >> 1) - 1; at >= 0; at -= 1) this.#settle(at);
  }

  /** The earliest head; `undefined` once the partition that it would come from has none at hand. */
  get first(): KafkaRecord | undefined {
    return this.#heap[0]?.head;
  }

  /** Moves on the partition that `first` came from. */
  takeFirst(): void {
    this.#heap[0]?.skip();
    this.#settle(0);
  }

  /** Lets an element sink until none of its children precedes it; one without a head stays. */
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
