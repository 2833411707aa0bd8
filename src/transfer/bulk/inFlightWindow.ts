import type { Entry } from '../../core/produce/lanes';

/**
 * The records that were read and whose fate is open or not yet recorded. They leave in the order of
 * the source, even if their calls end in another order.
 */
export class InFlightWindow<T> {
  readonly #entries: Entry<T>[] = [];
  #bytes = 0;

  constructor(
    private readonly maxRecords: number,
    private readonly maxBytes: number,
  ) {}

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /** Whether no more may be read before some leave. */
  get isFull(): boolean {
    return this.#entries.length >= this.maxRecords || this.#bytes >= this.maxBytes;
  }

  add(entry: Entry<T>): void {
    this.#entries.push(entry);
    this.#bytes += entry.size;
  }

  /** Removes and returns the records before the first one whose fate is open. */
  takeSettled(): readonly Entry<T>[] {
    const open = this.#entries.findIndex(({ result }) => !result);
    return this.#take(open < 0 ? this.#entries.length : open);
  }

  takeAll(): readonly Entry<T>[] {
    return this.#take(this.#entries.length);
  }

  #take(count: number): readonly Entry<T>[] {
    const taken = this.#entries.splice(0, count);
    for (const { size } of taken) this.#bytes -= size;
    return taken;
  }
}
