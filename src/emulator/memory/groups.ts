import {
  type BackendGroup,
  type BackendMember,
  type BackendPosition,
  KafkaFailure,
} from '../backend';

interface Group {
  readonly members: BackendMember[];
  /** Committed offsets by topic and partition. */
  readonly offsets: Map<string, Map<number, bigint>>;
}

/** The consumer groups of a cluster: who is in them, and how far they have come. */
export class ConsumerGroups {
  readonly #groups = new Map<string, Group>();

  /** `coordinator` is the id of the broker that all groups have as their coordinator. */
  constructor(private readonly coordinator: number) {}

  /** Commits an offset. Creates the group if it does not exist. */
  commit(group: string, topic: string, partition: number, offset: bigint): void {
    const { offsets } = this.#orNew(group);
    const partitions = offsets.get(topic) ?? new Map<number, bigint>();
    offsets.set(topic, partitions.set(partition, offset));
  }

  /** Adds a member. Creates the group if it does not exist. */
  join(group: string, member: BackendMember): void {
    this.#orNew(group).members.push(member);
  }

  /** Removes what the groups have committed for a topic, as Kafka does when that is deleted. */
  forget(topic: string): void {
    for (const { offsets } of this.#groups.values()) offsets.delete(topic);
  }

  list(): readonly BackendGroup[] {
    return [...this.#groups]
      .map(([id, { members }]) => ({
        id,
        state: members.length > 0 ? 'STABLE' : 'EMPTY',
        isSimple: members.length === 0,
        assignor: members.length > 0 ? 'range' : '',
        coordinator: this.coordinator,
      }))
      .sort((a, b) => compare(a.id, b.id));
  }

  /** Throws a `KafkaFailure` if there is no such group. */
  members(group: string): readonly BackendMember[] {
    return [...this.#existing(group).members].sort((a, b) => compare(a.id, b.id));
  }

  /** Throws a `KafkaFailure` if there is no such group. */
  positions(group: string): readonly BackendPosition[] {
    return [...this.#existing(group).offsets]
      .flatMap(([topic, partitions]) =>
        [...partitions].map(([partition, offset]) => ({ topic, partition, offset })),
      )
      .sort((a, b) => compare(a.topic, b.topic) || a.partition - b.partition);
  }

  #existing(id: string): Group {
    const group = this.#groups.get(id);
    if (group) return group;
    throw new KafkaFailure('GROUP_ID_NOT_FOUND', `Group ${id} not found.`);
  }

  #orNew(id: string): Group {
    const group = this.#groups.get(id) ?? { members: [], offsets: new Map() };
    this.#groups.set(id, group);
    return group;
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
