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
/** So many texts of a block are decoded one by one. */
const FEW_TEXTS = 8;

/** Returns the numbers of the messages from `from` to `to` (exclusive) that match a condition. */
export function scan(
  chunks: ChunkList,
  from: Sequence,
  to: Sequence,
  condition: Condition,
  steps: Steps,
): Float64Array {
  const found = new Float64Array(to - from);
  let count = 0;
  for (const range of chunks.ranges(from, to)) {
    for (const block of blocks(range)) {
      steps.step();
      const mask = new Uint8Array(block.length).fill(1);
      condition(block, mask);
      const first = block.chunk.first + block.from;
      for (let index = 0; index < mask.length; index += 1) {
        if (mask[index] === 1) found[count++] = first + index;
      }
    }
  }
  return found.slice(0, count);
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

  /** The same, each byte as one character. */
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

function* blocks({ chunk, from, to }: ChunkRange): Generator<Block, void, undefined> {
  for (let begin = from; begin < to;) {
    // Finds the last message that ends within the size, but takes at least one message.
    let low = begin + 1;
    let high = to;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (chunk.end(middle - 1) - chunk.start(begin) <= BLOCK_BYTES) low = middle;
      else high = middle - 1;
    }
    yield new Block(chunk, begin, low, to);
    begin = low;
  }
}
