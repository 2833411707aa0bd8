import type { Sequence } from './protocol';

/** Numbers of messages in ascending order, in memory that threads share. */
export class SequenceList {
  #items = shared(0);
  #from = 0;
  #to = 0;

  get length(): number {
    return this.#to - this.#from;
  }

  at(index: number): Sequence | undefined {
    return index >= 0 && index < this.length ? this.#items[this.#from + index] : undefined;
  }

  /** The index of a number; -1 where the list lacks it. */
  indexOf(sequence: Sequence): number {
    const at = this.#lowerBound(sequence);
    return at < this.#to && this.#items[at] === sequence ? at - this.#from : -1;
  }

  /** Adds numbers that follow the last one. */
  append(items: Float64Array): void {
    if (this.#to + items.length > this.#items.length) {
      const grown = shared(2 * this.length + items.length);
      grown.set(this.view());
      this.#items = grown;
      this.#to -= this.#from;
      this.#from = 0;
    }
    this.#items.set(items, this.#to);
    this.#to += items.length;
  }

  /** Removes the numbers before `sequence`. Returns how many. */
  dropBefore(sequence: Sequence): number {
    const from = this.#lowerBound(sequence);
    const dropped = from - this.#from;
    this.#from = from;
    return dropped;
  }

  /** The numbers of now, not copied; what is appended later is not seen. */
  view(): Float64Array {
    return this.#items.subarray(this.#from, this.#to);
  }

  /** Where the first number stands that is not below. */
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

function shared(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(8 * length));
}
