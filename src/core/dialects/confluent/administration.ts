import type {
  ConsumerGroup,
  GroupMember,
  GroupPosition,
  TopicProperty,
  TopicPropertyChange,
} from '../../administration';
import { KafkaError } from '../../errors';
import { field, integer, optionalField, smallInteger, string } from '../../json/decode';
import type { CallOptions, NewTopic } from '../../kafka';
import type { V3Wire } from './v3Wire';

/** Creates a topic, or only checks whether it could be created. */
export async function createTopic(
  wire: V3Wire,
  { name, partitionCount, replicationFactor, properties = {} }: NewTopic,
  options: CallOptions & { readonly onlyCheck: boolean },
): Promise<void> {
  const { onlyCheck, ...call } = options;
  // `JSON.stringify` leaves out members that are undefined.
  const body = JSON.stringify({
    topic_name: name,
    partitions_count: partitionCount,
    replication_factor: replicationFactor,
    configs: Object.entries(properties).map(([property, value]) => ({ name: property, value })),
    ...(onlyCheck && { validate_only: true }),
  });
  // 201 after a check would mean that a proxy that knows no checks has created the topic.
  const accept = (status: number): boolean => status === (onlyCheck ? 200 : 201);
  await wire.write({ method: 'POST', path: ['topics'], body, accept, ...call });
}

export async function alterTopic(
  wire: V3Wire,
  topic: string,
  changes: readonly TopicPropertyChange[],
  options: CallOptions = {},
): Promise<void> {
  const data = changes.map(({ name, value }) =>
    value === null ? { name, operation: 'DELETE' } : { name, operation: 'SET', value },
  );
  const body = JSON.stringify({ data });
  const path = ['topics', topic, 'configs'];
  try {
    await wire.write({ method: 'POST', path, action: ':alter', body, ...options });
  } catch (error) {
    // 404 can also mean that Kafka knows no such property.
    const isProperty =
      error instanceof KafkaError &&
      error.kind === 'not-found' &&
      /^config\b/i.test(error.detail) &&
      changes.some(({ name }) => error.detail.includes(name));
    throw isProperty ? new KafkaError('rejected', error) : error;
  }
}

/** Returns the properties of a topic, sorted by name. */
export async function topicProperties(
  wire: V3Wire,
  topic: string,
  options?: CallOptions,
): Promise<readonly TopicProperty[]> {
  const properties = await wire.list(['topics', topic, 'configs'], options, (config) => ({
    name: field(config, 'name', string),
    value: optionalField(config, 'value', string) ?? null,
    isDefault: field(config, 'is_default', isTrue),
    isReadOnly: field(config, 'is_read_only', isTrue),
    isSensitive: field(config, 'is_sensitive', isTrue),
  }));
  return [...properties].sort((a, b) => compare(a.name, b.name));
}

export async function consumerGroups(
  wire: V3Wire,
  options?: CallOptions,
): Promise<readonly ConsumerGroup[]> {
  const groups = await wire.list(['consumer-groups'], options, (group) => {
    const state = optionalField(group, 'state', string);
    const id = field(group, 'consumer_group_id', string);
    return { id, ...(state !== undefined && { state }) };
  });
  return [...groups].sort((a, b) => compare(a.id, b.id));
}

export async function groupMembers(
  wire: V3Wire,
  group: string,
  options?: CallOptions,
): Promise<readonly GroupMember[]> {
  const path = ['consumer-groups', group, 'consumers'];
  const members = await wire.list(path, options, (member) => {
    const clientId = optionalField(member, 'client_id', string) ?? '';
    const id = field(member, 'consumer_id', string);
    return { id, ...(clientId !== '' && { clientId }) };
  });
  if (members.length === 0) await checkGroup(wire, group, options);
  return [...members].sort((a, b) => compare(a.id, b.id));
}

export async function groupPositions(
  wire: V3Wire,
  group: string,
  options?: CallOptions,
): Promise<readonly GroupPosition[]> {
  try {
    const path = ['consumer-groups', group, 'lags'];
    const positions = await wire.list(path, options, groupPosition);
    return [...positions].sort((a, b) => compare(a.topic, b.topic) || a.partition - b.partition);
  } catch (error) {
    if (!(error instanceof KafkaError) || error.kind !== 'not-found') throw error;
    // A group that has committed nothing is `not-found` here, too.
    await checkGroup(wire, group, options);
    return [];
  }
}

/** Rejects with kind `not-found` if there is no such group. Kafka calls unknown groups dead. */
async function checkGroup(wire: V3Wire, group: string, options?: CallOptions): Promise<void> {
  const state = await wire.get(['consumer-groups', group], options, (found) =>
    optionalField(found, 'state', string),
  );
  if (state?.toUpperCase() === 'DEAD') throw new KafkaError('not-found', { detail: group });
}

function groupPosition(lag: unknown): GroupPosition {
  const member = optionalField(lag, 'consumer_id', string) ?? '';
  return {
    topic: field(lag, 'topic_name', string),
    partition: field(lag, 'partition_id', smallInteger),
    current: field(lag, 'current_offset', integer),
    end: field(lag, 'log_end_offset', integer),
    ...(member !== '' && { member }),
  };
}

function isTrue(value: unknown): boolean {
  return value === true;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
