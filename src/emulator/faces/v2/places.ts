import { elements, members } from '../../rawJson';
import type { TopicPartition } from './consumerInstance';

/** Returns the partitions in the body of a request, with their offsets; 0 where there is none. */
export function placesOf(
  body: string,
  list: 'offsets' | 'partitions',
): (TopicPartition & { readonly offset: bigint })[] {
  return (elements(members(body)?.get(list) ?? '[]') ?? []).map((json) => {
    const place = members(json) ?? new Map<string, string>();
    return {
      topic: String(JSON.parse(place.get('topic') ?? '""')),
      partition: Number(place.get('partition') ?? 0),
      offset: BigInt(place.get('offset') ?? 0),
    };
  });
}
