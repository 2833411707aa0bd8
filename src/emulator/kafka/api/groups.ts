import type { BackendMember, BackendPosition } from '../../backend';
import { MalformedBytes, Reader } from '../wire/reader';
import { check, type Api } from './api';

export interface ListedGroup {
  readonly id: string;
  /** `consumer` for those of consumers, and empty for groups that only commit offsets. */
  readonly protocolType: string;
}

/** Asks a broker for the groups that it coordinates. */
export const listGroups: Api<undefined, readonly ListedGroup[]> = {
  name: 'ListGroups',
  key: 16,
  version: 2,
  write: () => undefined,
  read: (reader) => {
    reader.int32();
    check(reader.int16());
    return reader.array(() => ({ id: reader.string(), protocolType: reader.string() }));
  },
};

export interface DescribedGroup {
  readonly id: string;
  readonly code: number;
  /** As Kafka writes it, as in `PreparingRebalance`; `Dead`: there is no such group. */
  readonly state: string;
  readonly protocolType: string;
  readonly assignor: string;
  readonly members: readonly BackendMember[];
}

/** Asks a broker about groups that it coordinates. It calls those of the newer protocol dead. */
export const describeGroups: Api<readonly string[], readonly DescribedGroup[]> = {
  name: 'DescribeGroups',
  key: 15,
  version: 4,
  write: (writer, groups) =>
    writer
      .array(groups, (group) => writer.string(group))
      // Not what we may do with them.
      .boolean(false),
  read: (reader) => {
    reader.int32();
    return reader.array(() => {
      const code = reader.int16();
      const [id, state] = [reader.string(), reader.string()];
      const [protocolType, assignor] = [reader.string(), reader.string()];
      const members = reader.array(() => {
        const member = reader.string();
        const instanceId = reader.nullableString();
        const [clientId, host] = [reader.string(), reader.string()];
        // What the member subscribes to.
        reader.nullableBytes();
        const partitions = assignedPartitions(reader.dataBytes());
        return {
          id: member,
          clientId,
          host,
          partitions,
          ...(instanceId !== null && { instanceId }),
        };
      });
      reader.int32();
      return { id, code, state, protocolType, assignor, members };
    });
  },
};

/** Reads what a member is assigned; nothing if it speaks a protocol of its own. */
function assignedPartitions(bytes: Buffer): BackendMember['partitions'] {
  try {
    if (bytes.length === 0) return [];
    const reader = new Reader(bytes);
    // The version.
    reader.int16();
    const topics = reader.array(() => {
      const topic = reader.string();
      return reader.array((each) => ({ topic, partition: each.int32() }));
    });
    return sorted(topics.flat());
  } catch (error) {
    if (error instanceof MalformedBytes) return [];
    throw error;
  }
}

/** Asks a broker about groups of the newer protocol (KIP-848). */
export const describeConsumerGroups: Api<readonly string[], readonly DescribedGroup[]> = {
  name: 'ConsumerGroupDescribe',
  key: 69,
  version: 0,
  isFlexible: true,
  write: (writer, groups) =>
    writer
      .compactArray(groups, (group) => writer.compactString(group))
      .boolean(false)
      .noTags(),
  read: (reader) => {
    reader.int32();
    return reader.compactArray(() => {
      const code = reader.int16();
      reader.compactNullableString();
      const [id, state] = [reader.compactString(), reader.compactString()];
      // The epochs of the group and of its assignment.
      reader.raw(8);
      const assignor = reader.compactString();
      const members = reader.compactArray(() => readMember(reader));
      reader.int32();
      reader.skipTags();
      return { id, code, state, protocolType: 'consumer', assignor, members };
    });
  },
};

function readMember(reader: Reader): BackendMember {
  const id = reader.compactString();
  const instanceId = reader.compactNullableString();
  // The rack.
  reader.compactNullableString();
  // The epoch of the member.
  reader.int32();
  const [clientId, host] = [reader.compactString(), reader.compactString()];
  // The names and the pattern of the topics that it subscribes to.
  reader.compactArray((each) => each.compactString());
  reader.compactNullableString();
  const partitions = readAssignment(reader);
  // What it is to be assigned.
  readAssignment(reader);
  reader.skipTags();
  return { id, clientId, host, partitions, ...(instanceId !== null && { instanceId }) };
}

function readAssignment(reader: Reader): BackendMember['partitions'] {
  const topics = reader.compactArray(() => {
    // The id of the topic.
    reader.raw(16);
    const topic = reader.compactString();
    const partitions = reader.compactArray((each) => ({ topic, partition: each.int32() }));
    reader.skipTags();
    return partitions;
  });
  reader.skipTags();
  return sorted(topics.flat());
}

/** Asks for all offsets that a group has committed. */
export const fetchOffsets: Api<string, readonly BackendPosition[]> = {
  name: 'OffsetFetch',
  key: 9,
  version: 5,
  write: (writer, group) =>
    writer
      .string(group)
      // All topics.
      .array(null, () => undefined),
  read: (reader) => {
    reader.int32();
    const topics = reader.array(() => {
      const topic = reader.string();
      return reader.array(() => {
        const position = { topic, partition: reader.int32(), offset: reader.int64() };
        // The epoch of the leader, and the text that was committed with the offset.
        reader.int32();
        reader.nullableString();
        check(reader.int16());
        return position;
      });
    });
    check(reader.int16());
    return sorted(topics.flat().filter(({ offset }) => offset >= 0n));
  },
};

function sorted<T extends { readonly topic: string; readonly partition: number }>(
  partitions: readonly T[],
): T[] {
  return [...partitions].sort((a, b) => {
    if (a.topic !== b.topic) return a.topic < b.topic ? -1 : 1;
    return a.partition - b.partition;
  });
}
