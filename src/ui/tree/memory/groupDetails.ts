import type { GroupMember, GroupPosition } from '../../../core/administration';
import type { ReadingProxy } from '../../../core/kafka';
import { inNaturalOrder } from '../../../core/text/naturalOrder';

/** What is known of a consumer group beyond its state. */
export interface GroupDetails {
  readonly members: readonly GroupMember[];
  readonly positions: readonly GroupPosition[];
}

/** How far a group has come in the partitions of one topic. */
export interface TopicProgress {
  readonly topic: string;
  readonly positions: readonly GroupPosition[];
}

/** Fetches the members of a group and its positions, at the same time. */
export async function fetchGroup(
  proxy: Pick<ReadingProxy, 'groupMembers' | 'groupPositions'>,
  group: string,
  signal: AbortSignal,
): Promise<GroupDetails> {
  const [members = [], positions = []] = await Promise.all([
    proxy.groupMembers?.(group, { signal }),
    proxy.groupPositions?.(group, { signal }),
  ]);
  return { members, positions };
}

/** Returns how many offsets a group is behind. Never negative, although retention may overtake it. */
export function lagOf(positions: readonly GroupPosition[]): bigint {
  return positions.reduce(
    (sum, { current, end }) => sum + (end > current ? end - current : 0n),
    0n,
  );
}

/** Returns the positions by topic: the topics in natural order, the partitions by number. */
export function byTopic(positions: readonly GroupPosition[]): readonly TopicProgress[] {
  return inNaturalOrder([...new Set(positions.map(({ topic }) => topic))]).map((topic) => ({
    topic,
    positions: positions
      .filter((each) => each.topic === topic)
      .sort((a, b) => a.partition - b.partition),
  }));
}
