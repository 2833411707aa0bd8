import type { NewRecord, Offset, Partition, ProduceResult } from '../kafka';

/** Where records of one partition were written. */
export interface WrittenPlace {
  readonly partition: number;
  readonly count: number;
  /** The first and the last offset; missing if they are not known. */
  readonly offsets?: {
    readonly first: Offset;
    readonly last: Offset;
    /** Whether only these records are between them. */
    readonly unbroken: boolean;
    /** Whether this is concluded from how far the topic grew, not reported by the proxy. */
    readonly concluded?: true;
  };
}

/**
 * Returns where the accepted records of some results were written, sorted by partition. Returns
 * `undefined` if the partition of one is not known: the proxy does not report it, and the record
 * does not name it.
 */
export function writtenPlaces(
  results: readonly ProduceResult[],
  records: readonly NewRecord[],
): readonly WrittenPlace[] | undefined {
  const places = new Map<number, (Offset | undefined)[]>();
  for (const [index, result] of results.entries()) {
    if (result.status !== 'accepted') continue;
    const partition = result.partition ?? records[index]?.partition;
    if (partition === undefined) return undefined;
    const offsets = places.get(partition) ?? [];
    offsets.push(result.offset);
    places.set(partition, offsets);
  }
  return [...places].sort(([a], [b]) => a - b).map(([partition, all]) => place(partition, all));
}

function place(partition: number, offsets: readonly (Offset | undefined)[]): WrittenPlace {
  const count = offsets.length;
  let [first, last] = [offsets[0], offsets[0]];
  for (const offset of offsets) {
    if (offset === undefined || first === undefined || last === undefined) {
      return { partition, count };
    }
    if (offset < first) first = offset;
    if (offset > last) last = offset;
  }
  if (first === undefined || last === undefined) return { partition, count };
  const unbroken = last - first + 1n === BigInt(count);
  return { partition, count, offsets: { first, last, unbroken } };
}

/** Returns the latest offsets of the partitions for which they are known. */
export function endsOf(partitions: readonly Partition[]): ReadonlyMap<number, Offset> {
  const ends = new Map<number, Offset>();
  for (const { id, latest } of partitions) if (latest !== undefined) ends.set(id, latest);
  return ends;
}

/** A topic before and after records were written to it. */
export interface Growth {
  readonly before: readonly Partition[];
  readonly after: readonly Partition[];
}

/**
 * Returns the places with their offsets, if these follow from how far the topic grew meanwhile: by
 * exactly the `count` records, in the partitions that are known. Otherwise somebody else has
 * written as well, or a node of the proxy does not know all of it yet, and the places are returned
 * as they are.
 */
export function concludePlaces(
  places: readonly WrittenPlace[] | undefined,
  count: number,
  { before, after }: Growth,
): readonly WrittenPlace[] | undefined {
  const ends = endsOf(before);
  const grown: WrittenPlace[] = [];
  for (const { id, latest } of after) {
    const first = ends.get(id);
    if (first === undefined || latest === undefined || latest < first) return places;
    if (latest === first) continue;
    const offsets = { first, last: latest - 1n, unbroken: true, concluded: true } as const;
    grown.push({ partition: id, count: Number(latest - first), offsets });
  }
  const isAll = grown.reduce((sum, each) => sum + each.count, 0) === count;
  const fits = places?.every(({ partition, count }) =>
    grown.some((each) => each.partition === partition && each.count === count),
  );
  return isAll && fits !== false ? grown : places;
}
