import type { ProduceCapabilities } from '../../core/produce/batchLimit';
import { type Example, MAX_EXAMPLES } from './bulkReport';
import type { Imported } from '../import/imported';
import { validate } from './validate';

/** What a file holds. */
export interface ImportCount {
  /** That can be sent. */
  readonly records: number;
  /** Lines that are no record, and records that cannot be sent. */
  readonly bad: number;
  /** The first few of those. */
  readonly examples: readonly Example<Imported>[];
}

/**
 * Counts what a file gives, as far as one can tell before it is sent: up to now, after each batch, and
 * thus in the end all of it.
 */
export async function* countImport(
  batches: AsyncIterable<readonly Imported[]>,
  can: ProduceCapabilities,
  partitions: ReadonlySet<number>,
): AsyncGenerator<ImportCount, void, undefined> {
  let records = 0;
  let bad = 0;
  const examples: Example<Imported>[] = [];
  for await (const batch of batches) {
    for (const item of batch) {
      const { reason } = validate(item, can, partitions);
      if (!reason) records += 1;
      else {
        bad += 1;
        if (examples.length < MAX_EXAMPLES) examples.push({ item, reason });
      }
    }
    yield { records, bad, examples };
  }
}
