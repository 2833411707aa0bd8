import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { constants, deflateRaw, inflateRaw } from 'node:zlib';
import type { DecodedRecord, ShownParts } from '../../core/message/decoded';

const compress = promisify(deflateRaw);
const uncompress = promisify(inflateRaw);
const FAST = { level: constants.Z_BEST_SPEED };

type Parts = ShownParts | undefined;

interface Batch {
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

  async add(records: readonly DecodedRecord[]): Promise<void> {
    const problems = new Map<number, ShownParts>();
    const parts = records.map(({ shown }, index) => {
      if (!shown?.key?.problem && !shown?.value?.problem) return shown;
      problems.set(index, shown);
      return undefined;
    });
    this.#batches.push({ bytes: await compress(serialize(parts), FAST), problems });
  }

  /** Yields the batches in their order, and keeps none that was yielded. */
  async *take(): AsyncGenerator<readonly Parts[], void, undefined> {
    const batches = this.#batches.reverse();
    this.#batches = [];
    for (let batch = batches.pop(); batch; batch = batches.pop()) {
      // It is what `add` has written.
      const parts = deserialize(await uncompress(batch.bytes)) as Parts[];
      for (const [index, shown] of batch.problems) parts[index] = shown;
      yield parts;
    }
  }
}
