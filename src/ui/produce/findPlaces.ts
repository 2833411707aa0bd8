import type { NewRecord, Partition, ReadingProxy } from '../../core/kafka';
import { concludePlaces, type WrittenPlace, writtenPlaces } from '../../core/produce/places';
import type { ProduceOutcome } from '../../core/produce/produceAll';

/** How long the outcome waits for the offsets of what was produced. */
const MAX_LOOKUP_MS = 2000;

/**
 * Returns where the records are if all of them were written. If the responses do not tell, asks the
 * proxy once how far the topic has grown.
 */
export async function findPlaces(
  proxy: ReadingProxy,
  topic: string,
  before: readonly Partition[],
  { results, accepted: { count } }: ProduceOutcome,
  records: readonly NewRecord[],
): Promise<readonly WrittenPlace[] | undefined> {
  if (count < records.length) return undefined;
  const places = writtenPlaces(results, records);
  if (places?.every(({ offsets }) => offsets)) return places;
  const signal = AbortSignal.timeout(MAX_LOOKUP_MS);
  // Without the offsets, the messages were written all the same.
  const after = await proxy.partitions(topic, { signal }).catch(() => undefined);
  return after ? concludePlaces(places, count, { before, after }) : places;
}
