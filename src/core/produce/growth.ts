import type { Offset, Partition } from '../kafka';

/** The offsets that records took in a partition, both inclusive. */
export interface WrittenRange {
  readonly partition: number;
  readonly first: Offset;
  readonly last: Offset;
}

/**
 * Returns the offsets that the accepted records took, for a proxy that does not report them.
 * `before` and `after` are the topic's partitions before and after producing. Returns `undefined`
 * if they have not grown by exactly the accepted records, because then others have written too, or
 * the proxy lists what it remembers.
 */
export function growthOf(
  before: readonly Partition[],
  after: readonly Partition[],
  accepted: number,
): readonly WrittenRange[] | undefined {
  const ends = new Map(after.map(({ id, latest }) => [id, latest]));
  const ranges = before.flatMap(({ id: partition, latest: first }) => {
    const end = ends.get(partition) ?? first;
    return end === first ? [] : [{ partition, first, last: end - 1n }];
  });
  const growth = ranges.reduce((sum, { first, last }) => sum + last + 1n - first, 0n);
  return growth === BigInt(accepted) && ranges.every(({ first, last }) => last >= first)
    ? ranges
    : undefined;
}
