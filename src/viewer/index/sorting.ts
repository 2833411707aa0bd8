import type { ChunkList } from '../store/chunkList';
import { isField } from '../fieldColumn';
import { numberWords, orderOf, textsOf } from './sortKeys';
import type { Sort } from '../columns';
import type { Sequence } from '../protocol';
import { radixSort } from './radixSort';
import { sortFields } from './sortFields';
import { sortTexts } from './sortTexts';
import type { Steps } from '../steps';

/**
 * Returns messages in the order of a column. Equal ones stay in the order in which they were
 * received, even if the column is descending. Missing values (a null, no timestamp) come first in
 * ascending and last in descending order. Keys and values are compared by their bytes, which for
 * UTF-8 is by code points, and fields by what they hold; see `sortFields`.
 *
 * @param sequences in ascending order
 */
export function sortMessages(
  chunks: ChunkList,
  sort: Sort,
  sequences: Float64Array,
  steps: Steps,
): Float64Array {
  steps.step();
  const order = orderBy(chunks, sort, sequences, steps);
  steps.step();
  const sorted = new Float64Array(sequences.length);
  const [first = 0, last = 0] = [sequences[0], sequences.at(-1)];
  const isDense = last - first + 1 === sequences.length;
  for (let row = 0; row < sorted.length; row += 1) {
    const index = order[row] ?? 0;
    sorted[row] = isDense ? first + index : (sequences[index] ?? 0);
  }
  return sorted;
}

/** Returns the indexes of the messages in the order of the column. */
function orderBy(
  chunks: ChunkList,
  { column, descending }: Sort,
  sequences: Float64Array,
  steps: Steps,
): Uint32Array {
  if (isField(column)) {
    return sortFields(chunks, column, sequences, descending, steps);
  }
  if (column === 'key' || column === 'value') {
    return sortTexts(textsOf(chunks, column, sequences), descending, steps);
  }
  return radixSort(numberWords(chunks, column, descending, sequences));
}

/**
 * Adds messages to sorted ones and leaves out those before `first`.
 *
 * @param added in ascending order, all of them newer than the sorted ones
 * @returns `null` if nothing changes
 */
export function mergeSorted(
  chunks: ChunkList,
  sort: Sort,
  sorted: Float64Array,
  added: Float64Array,
  first: Sequence,
  steps: Steps,
): Float64Array | null {
  const kept = sorted.filter((sequence) => sequence >= first);
  if (added.length === 0 && kept.length === sorted.length) return null;
  const compare = orderOf(chunks, sort);
  const merged = new Float64Array(kept.length + added.length);
  let copied = 0;
  let row = 0;
  for (const sequence of sortMessages(chunks, sort, added, steps)) {
    steps.step();
    // A new message goes after equal ones, which are older.
    let low = copied;
    let high = kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(kept[middle] ?? 0, sequence) <= 0) low = middle + 1;
      else high = middle;
    }
    merged.set(kept.subarray(copied, low), row);
    row += low - copied;
    copied = low;
    merged[row] = sequence;
    row += 1;
  }
  merged.set(kept.subarray(copied), row);
  return merged;
}
