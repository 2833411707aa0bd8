import { openLimiter } from '../../async/limiter';
import { together } from '../../async/together';
import { KafkaError } from '../../errors';
import { field, integer, optionalField, smallInteger, string, text } from '../../json/decode';
import type { Broker, CallOptions, LogEnds, Offset, Partition, Topic } from '../../kafka';
import type { V3Wire } from './v3Wire';

/** How many requests about the partitions of a topic are under way at once. */
const PARTITION_REQUESTS = 6;

export async function topics(wire: V3Wire, options?: CallOptions): Promise<readonly Topic[]> {
  const found = await wire.list(['topics'], options, topic);
  return [...new Map(found.map((each) => [each.name, each])).values()].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}

/** Returns the number of partitions of a topic. */
export async function partitionCount(
  wire: V3Wire,
  name: string,
  options?: CallOptions,
): Promise<number> {
  return wire.get(['topics', name], options, (value) =>
    field(value, 'partitions_count', smallInteger),
  );
}

export async function brokers(wire: V3Wire, options?: CallOptions): Promise<readonly Broker[]> {
  const found = await wire.list(['brokers'], options, broker);
  return [...new Map(found.map((each) => [each.id, each])).values()].sort((a, b) => a.id - b.id);
}

/** Returns all partitions of a topic, sorted by id; takes two requests for each, and one more. */
export async function partitions(
  wire: V3Wire,
  name: string,
  options?: CallOptions,
): Promise<readonly Partition[]> {
  const ids = await wire.list(['topics', name, 'partitions'], options, partitionId);
  const limiter = openLimiter(PARTITION_REQUESTS);
  const sorted = [...new Set(ids)].sort((a, b) => a - b);
  return together(options?.signal, (signal) =>
    sorted.map((id) => limiter(async () => described(wire, name, id, { signal }))),
  );
}

export async function partition(
  wire: V3Wire,
  name: string,
  id: number,
  options?: CallOptions,
): Promise<Partition> {
  const found = await wire.get(['topics', name, 'partitions', id], options, partitionId);
  if (found !== id) throw new KafkaError('protocol', { detail: 'another partition' });
  return described(wire, name, id, options);
}

async function described(
  wire: V3Wire,
  name: string,
  id: number,
  options?: CallOptions,
): Promise<Partition> {
  const path = ['topics', name, 'partitions', id];
  const [replicas, ends] = await together(options?.signal, (signal) => [
    wire.list([...path, 'replicas'], { signal }, (replica) => ({
      broker: field(replica, 'broker_id', smallInteger),
      leads: field(replica, 'is_leader', (value) => value === true),
      isInSync: field(replica, 'is_in_sync', (value) => value === true),
    })),
    endsOf(wire, path, { signal }),
  ]);
  return {
    id,
    ...ends,
    leader: replicas.find(({ leads }) => leads)?.broker ?? null,
    replicas: replicas.map((each) => each.broker),
    isr: replicas.filter(({ isInSync }) => isInSync).map((each) => each.broker),
  };
}

/** Returns the offsets of a partition; none if the proxy is older than 8.0, which does not tell. */
async function endsOf(
  wire: V3Wire,
  path: readonly (string | number)[],
  options?: CallOptions,
): Promise<LogEnds | undefined> {
  try {
    const ends = await wire.get([...path, 'offset'], options, (offsets) => ({
      earliest: field(offsets, 'earliest_offset', offset),
      latest: field(offsets, 'latest_offset', offset),
    }));
    if (ends.earliest >= 0n && ends.latest >= ends.earliest) return ends;
    throw new KafkaError('protocol', { detail: 'impossible offsets of a partition' });
  } catch (error) {
    // An unknown partition fails in the call for its replicas, too.
    if (error instanceof KafkaError && error.kind === 'not-found') return undefined;
    throw error;
  }
}

/** The description of the API shows offsets as text, such as `10L`; the proxy sends numbers. */
function offset(value: unknown): Offset {
  if (typeof value !== 'string') return integer(value);
  const digits = /^(\d+)L?$/.exec(text(value))?.[1];
  if (digits === undefined) throw new KafkaError('protocol', { detail: 'an offset' });
  return BigInt(digits);
}

function topic(value: unknown): Topic {
  return {
    name: field(value, 'topic_name', string),
    internal: field(value, 'is_internal', (internal) => internal === true),
    partitionCount: field(value, 'partitions_count', smallInteger),
  };
}

function broker(value: unknown): Broker {
  const host = optionalField(value, 'host', string);
  const port = optionalField(value, 'port', smallInteger);
  const rack = optionalField(value, 'rack', string);
  return {
    id: field(value, 'broker_id', smallInteger),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(rack !== undefined && { rack }),
  };
}

function partitionId(value: unknown): number {
  return field(value, 'partition_id', smallInteger);
}
