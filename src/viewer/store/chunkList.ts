import type { MessageChunk } from './messageChunk';
import type { Sequence } from '../protocol';

/** Chunks of consecutive messages, the oldest first. */
export class ChunkList implements Iterable<MessageChunk> {
  readonly #chunks: MessageChunk[] = [];

  [Symbol.iterator](): IterableIterator<MessageChunk> {
    return this.#chunks.values();
  }

  add(chunk: MessageChunk): void {
    this.#chunks.push(chunk);
  }

  /** Removes and returns the chunks whose messages all come before this number. */
  dropBefore(sequence: Sequence): readonly MessageChunk[] {
    const keep = this.#chunks.findIndex((_, at) => this.#endOf(at) > sequence);
    return this.#chunks.splice(0, keep < 0 ? Infinity : keep);
  }

  /** Returns the chunk that holds a message. Throws a `RangeError` if no chunk holds it. */
  of(sequence: Sequence): MessageChunk {
    return this.#chunks[this.#indexOf(sequence)] ?? outside(sequence);
  }

  /**
   * Yields the chunks that hold messages from `from` to `to` (exclusive), each with the indexes of
   * these messages in it.
   */
  *ranges(from: Sequence, to: Sequence): Generator<ChunkRange, void, undefined> {
    for (let at = this.#indexOf(from), next = from; next < to; at += 1) {
      const chunk = this.#chunks[at] ?? outside(next);
      const end = Math.min(to, this.#endOf(at));
      yield { chunk, from: next - chunk.first, to: end - chunk.first };
      next = end;
    }
  }

  /**
   * Yields the chunks that hold these messages, which are in ascending order, each with the indexes
   * in `sequences` of the messages that it holds.
   */
  *parts(sequences: Float64Array): Generator<ChunkRange, void, undefined> {
    for (let from = 0, to = 0; from < sequences.length; from = to) {
      const sequence = sequences[from] ?? 0;
      const at = this.#indexOf(sequence);
      const end = this.#endOf(at);
      while (to < sequences.length && (sequences[to] ?? 0) < end) to += 1;
      yield { chunk: this.#chunks[at] ?? outside(sequence), from, to };
    }
  }

  /** Returns where the messages of a chunk end; the last chunk has no end. */
  #endOf(at: number): Sequence {
    return this.#chunks[at + 1]?.first ?? Infinity;
  }

  /** Returns the index of the last chunk that does not begin after this number. */
  #indexOf(sequence: Sequence): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#chunks[middle]?.first ?? Infinity) <= sequence) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/** A chunk with indexes of messages, `to` exclusive. */
export interface ChunkRange {
  readonly chunk: MessageChunk;
  readonly from: number;
  readonly to: number;
}

function outside(sequence: Sequence): never {
  throw new RangeError(`No chunk has message ${sequence}`);
}
