import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { constants, deflateRaw, inflateRaw } from 'node:zlib';
import type { DecodedRecord, ShownParts } from '../../core/message/decoded';
import type { BufferPool } from '../store/bufferPool';

const compress = promisify(deflateRaw);
const uncompress = promisify(inflateRaw);
const FAST = { level: constants.Z_BEST_SPEED };

type Parts = ShownParts | undefined;

const BLOCK_BYTES = 1024 * 1024;

interface Batch {
  /** In one of the blocks, whose last batch gives it back. */
  readonly bytes: Uint8Array;
  /** What has a problem, by its index: its cause may be anything. */
  readonly problems: ReadonlyMap<number, ShownParts>;
}

/**
 * What is to be shown of messages, in batches that are compressed until they are needed. Decoded
 * texts take about a tenth, because they have the same names in them.
 */
export class CompressedShown {
  #batches: Batch[] = [];
  #block = new SharedArrayBuffer(0);
  #end = 0;

  /** The blocks are from the pool, because many small pieces would tear holes into the memory. */
  constructor(private readonly buffers: BufferPool) {}

  async add(records: readonly DecodedRecord[]): Promise<void> {
    const problems = new Map<number, ShownParts>();
    const parts = records.map(({ shown }, index) => {
      if (!shown?.key?.problem && !shown?.value?.problem) return shown;
      problems.set(index, shown);
      return undefined;
    });
    const bytes = this.#stored(await compress(serialize(parts), FAST));
    this.#batches.push({ bytes, problems });
  }

  /** Yields the batches in their order, and keeps none that was yielded. */
  async *take(): AsyncGenerator<readonly Parts[], void, undefined> {
    const batches = this.#batches.reverse();
    this.#batches = [];
    for (let batch = batches.pop(); batch; batch = batches.pop()) {
      const { bytes, problems } = batch;
      // It is what `add` has written.
      const parts = deserialize(await uncompress(Buffer.from(bytes))) as Parts[];
      this.#giveBack(bytes, batches.at(-1)?.bytes);
      for (const [index, shown] of problems) parts[index] = shown;
      yield parts;
    }
  }

  /** Gives back all memory. */
  dispose(): void {
    const batches = this.#batches;
    this.#batches = [];
    for (const [index, { bytes }] of batches.entries()) {
      this.#giveBack(bytes, batches[index + 1]?.bytes);
    }
  }

  #stored(bytes: Uint8Array): Uint8Array {
    if (this.#block.byteLength - this.#end < bytes.length) {
      this.#block = this.buffers.take(Math.max(BLOCK_BYTES, bytes.length));
      this.#end = 0;
    }
    const stored = new Uint8Array(this.#block, this.#end, bytes.length);
    stored.set(bytes);
    this.#end += bytes.length;
    return stored;
  }

  #giveBack({ buffer }: Uint8Array, next: Uint8Array | undefined): void {
    if (buffer !== next?.buffer && buffer instanceof SharedArrayBuffer) this.buffers.give(buffer);
  }
}
