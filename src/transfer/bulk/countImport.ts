import type { ProduceCapabilities } from '../../core/produce/batchLimit';
import { type Example, MAX_EXAMPLES } from './bulkReport';
import type { Imported } from '../import/imported';
import { validate } from './validate';

/** The number of usable and of bad items in a file. */
export interface ImportCount {
  /** The number of records that can be sent. */
  readonly records: number;
  /** The number of those that come before the first bad item. */
  readonly beforeBad: number;
  /** The number of lines that are not records, and of records that cannot be sent. */
  readonly bad: number;
  /** The first few bad items. */
  readonly examples: readonly Example<Imported>[];
}

/**
 * Counts the items of a file, as far as they can be checked before they are sent. Yields the
 * counts so far after each batch; the last counts are those of the whole file.
 */
export async function* countImport(
  batches: AsyncIterable<readonly Imported[]>,
  can: ProduceCapabilities,
  partitions: ReadonlySet<number>,
): AsyncGenerator<ImportCount, void, undefined> {
  let records = 0;
  let beforeBad = 0;
  let bad = 0;
  const examples: Example<Imported>[] = [];
  for await (const batch of batches) {
    for (const item of batch) {
      const { reason } = validate(item, can, partitions);
      if (!reason) {
        records += 1;
        if (bad === 0) beforeBad = records;
      } else {
        bad += 1;
        if (examples.length < MAX_EXAMPLES) examples.push({ item, reason });
      }
    }
    yield { records, beforeBad, bad, examples };
  }
}
