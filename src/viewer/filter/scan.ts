import type { ChunkList, ChunkRange } from '../store/chunkList';
import { PayloadKind } from '../store/chunkLayout';
import type { MessageChunk } from '../store/messageChunk';
import type { Sequence } from '../protocol';
import type { Steps } from '../steps';

/**
 * Checks the messages of a block whose byte in `mask` is 1, and sets it to 0 for those that do
 * not match. `mask[0]` belongs to the first message of the block.
 */
export type Condition = (block: Block, mask: Uint8Array) => void;

/**
 * Searching pieces of about this size is fastest: larger ones leave the caches of the processor.
 */
const BLOCK_BYTES = 96 * 1024;
/** Neither UTF-8 nor what separates messages has this byte. */
const NEVER = 0xfe;
/** So many texts of a block are decoded one by one. */
const FEW_TEXTS = 8;

/** Returns a condition that holds where all of these do. */
export function all(conditions: readonly Condition[]): Condition {
  return (block, mask) => {
    for (const condition of conditions) {
      if (!mask.includes(1)) return;
      condition(block, mask);
    }
  };
}

/** Returns a condition that tests one message at a time. */
export function each(test: (block: Block, index: number) => boolean): Condition {
  return (block, mask) => {
    for (let index = 0; index < mask.length; index += 1) {
      if (mask[index] === 1 && !test(block, index)) mask[index] = 0;
    }
  };
}

/** Returns the numbers of the messages from `from` to `to` (exclusive) that match a condition. */
export function scan(
  chunks: ChunkList,
  from: Sequence,
  to: Sequence,
  condition: Condition,
  steps: Steps,
): Float64Array {
  const found = new Found(to - from);
  for (const range of chunks.ranges(from, to)) {
    let block: Block | undefined;
    for (let begin = range.from; begin < range.to; begin = block.to) {
      steps.step();
      block = blockAt(range, begin);
      const mask = new Uint8Array(block.length).fill(1);
      condition(block, mask);
      found.add(block, mask);
    }
  }
  return found.all();
}

/**
 * Returns those of some messages that match a condition.
 *
 * @param sequences in ascending order
 */
export function scanAmong(
  chunks: ChunkList,
  sequences: Float64Array,
  condition: Condition,
  steps: Steps,
): Float64Array {
  const found = new Found(sequences.length);
  const [first = 0, last = -1] = [sequences[0], sequences.at(-1)];
  let at = 0;
  for (const range of chunks.ranges(first, last + 1)) {
    const next = () => (sequences[at] ?? Infinity) - range.chunk.first;
    while (next() < range.to) {
      steps.step();
      const block = blockAt(range, next());
      const mask = new Uint8Array(block.length);
      for (; next() < block.to; at += 1) mask[next() - block.from] = 1;
      condition(block, mask);
      found.add(block, mask);
    }
  }
  return found.all();
}

/** The numbers of messages, at most so many. */
class Found {
  readonly #sequences: Float64Array;
  #count = 0;

  constructor(most: number) {
    this.#sequences = new Float64Array(most);
  }

  /** Adds the messages of a block whose byte in `mask` is 1. */
  add({ chunk, from }: Block, mask: Uint8Array): void {
    const first = chunk.first + from;
    for (let index = 0; index < mask.length; index += 1) {
      if (mask[index] === 1) this.#sequences[this.#count++] = first + index;
    }
  }

  all(): Float64Array {
    return this.#sequences.slice(0, this.#count);
  }
}

/**
 * Some consecutive messages of a chunk. Their indexes begin at 0 with the first one of the block.
 */
export class Block {
  #bytes: Buffer | undefined;
  #latin1: string | undefined;
  /** How many texts were asked for. */
  #texts = 0;

  constructor(
    readonly chunk: MessageChunk,
    /** Indexes in the chunk, `to` exclusive. */
    readonly from: number,
    readonly to: number,
    /** Where those of all blocks end. */
    readonly end: number,
  ) {}

  get length(): number {
    return this.to - this.from;
  }

  /** The bytes of the messages, as `MessageChunk` stores them. */
  get bytes(): Buffer {
    const { chunk, from, to } = this;
    return (this.#bytes ??= chunk.bytes.subarray(chunk.start(from), chunk.end(to - 1)));
  }

  /**
   * Brings the bytes nearer to the processor, as a native search does that finds nothing. Looking
   * at a few bytes of each message then takes a third of the time.
   */
  bring(): void {
    this.bytes.indexOf(NEVER);
  }

  /** The bytes, each as one character. */
  get latin1(): string {
    return (this.#latin1 ??= this.bytes.toString('latin1'));
  }

  /** The index in the chunk of the first byte of the block. */
  get origin(): number {
    return this.chunk.start(this.from);
  }

  /** Returns the text of the key. Bytes that are not UTF-8 become U+FFFD. */
  key(index: number): string | null {
    const { chunk } = this;
    const at = this.from + index;
    return this.#text(chunk.keyKind(at), chunk.start(at), chunk.keyEnd(at));
  }

  value(index: number): string | null {
    const { chunk } = this;
    const at = this.from + index;
    return this.#text(chunk.valueKind(at), chunk.valueStart(at), chunk.valueEnd(at));
  }

  #text(kind: number, start: number, end: number): string | null {
    if (kind === PayloadKind.null) return null;
    if (kind === PayloadKind.ascii) {
      // Cutting many texts out of a string takes a tenth of the time of decoding each.
      this.#texts += 1;
      return this.#texts <= FEW_TEXTS && this.#latin1 === undefined
        ? this.chunk.bytes.toString('latin1', start, end)
        : this.latin1.slice(start - this.origin, end - this.origin);
    }
    return this.chunk.bytes.toString('utf8', start, end);
  }
}

/** Returns a block that begins with a message of the range and is of about the size of blocks. */
function blockAt({ chunk, to }: ChunkRange, begin: number): Block {
  // Finds the last message that ends within the size, but takes at least one message.
  let low = begin + 1;
  let high = to;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (chunk.end(middle - 1) - chunk.start(begin) <= BLOCK_BYTES) low = middle;
    else high = middle - 1;
  }
  return new Block(chunk, begin, low, to);
}
