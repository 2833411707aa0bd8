import type { BufferPool } from '../store/bufferPool';
import type { Sequence } from '../protocol';

const ITEM_BYTES = 8;
const GROWTH = 1.5;

/**
 * Numbers of messages in memory that threads share. They may be changed only while no worker reads
 * them.
 */
export class SequenceList {
  #buffer = new SharedArrayBuffer(0);
  #items = new Float64Array(this.#buffer);
  #from = 0;
  #to = 0;

  constructor(private readonly buffers: BufferPool) {}

  get length(): number {
    return this.#to - this.#from;
  }

  at(index: number): Sequence | undefined {
    return index >= 0 && index < this.length ? this.#items[this.#from + index] : undefined;
  }

  /** The current numbers, not copied. */
  view(): Float64Array {
    return this.#items.subarray(this.#from, this.#to);
  }

  append(items: Float64Array): void {
    const { length } = this;
    if (this.#to + items.length > this.#items.length) {
      const before = this.view();
      const old = this.#buffer;
      const room = Math.ceil(GROWTH * (length + items.length));
      this.#buffer = this.buffers.take(ITEM_BYTES * room);
      this.#items = new Float64Array(this.#buffer);
      this.#items.set(before);
      this.#from = 0;
      this.#to = length;
      this.buffers.give(old);
    }
    this.#items.set(items, this.#to);
    this.#to += items.length;
  }

  replace(items: Float64Array): void {
    this.#from = 0;
    this.#to = 0;
    this.append(items);
  }

  /**
   * Returns the index of a number in a list in ascending order; -1 if the list does not hold it.
   */
  indexOf(sequence: Sequence): number {
    const at = this.#lowerBound(sequence);
    return at < this.#to && this.#items[at] === sequence ? at - this.#from : -1;
  }

  /** Removes the numbers before `sequence` from a list in ascending order. Returns how many. */
  dropBefore(sequence: Sequence): number {
    const from = this.#lowerBound(sequence);
    const dropped = from - this.#from;
    this.#from = from;
    return dropped;
  }

  /** Releases the memory. The list is empty afterwards. */
  clear(): void {
    this.buffers.give(this.#buffer);
    this.#buffer = new SharedArrayBuffer(0);
    this.#items = new Float64Array(this.#buffer);
    this.#from = 0;
    this.#to = 0;
  }

  /** Returns the index of the first number that is not below `sequence`. */
  #lowerBound(sequence: Sequence): number {
    let low = this.#from;
    let high = this.#to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#items[middle] ?? Infinity) < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
