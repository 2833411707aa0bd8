import type { BackendGroup, BackendMember } from '../../../backend';
import { json, type Route } from '../../../routes';
import { ifKnown, notFound } from '../restError';
import type { Resources } from './resources';
import { unsupported } from './topics';

/** The routes of consumer groups, their members and their lag. */
export function groupRoutes(resources: Resources): readonly Route[] {
  const { backend } = resources;

  const groups = async (): Promise<readonly BackendGroup[]> => {
    if (!backend.groups) throw unsupported();
    return backend.groups();
  };
  const group = async (id: string): Promise<BackendGroup> => {
    const found = (await groups()).find((each) => each.id === id);
    if (!found) throw notFound(`Consumer Group ${id} could not be found.`);
    return found;
  };
  const members = async (id: string): Promise<readonly BackendMember[]> => {
    await group(id);
    return (await ifKnown(backend.groupMembers?.(id) ?? Promise.resolve([]))) ?? [];
  };
  const lags = async (id: string): Promise<readonly Lag[]> => {
    const consumers = await members(id);
    const positions = (await ifKnown(backend.groupPositions?.(id) ?? Promise.resolve([]))) ?? [];
    if (positions.length === 0) throw notFound('Consumer group offsets could not be found.');
    const found: Lag[] = [];
    for (const { topic, partition, offset } of positions) {
      const [ends] = await backend.offsets(topic, [partition]);
      const consumer = consumers.find(({ partitions }) =>
        partitions.some((each) => each.topic === topic && each.partition === partition),
      );
      if (ends) found.push({ topic, partition, consumer, current: offset, end: ends.latest });
    }
    return found;
  };

  return [
    {
      method: 'GET',
      path: resources.path('/consumer-groups'),
      handle: async ([cluster = '']) => {
        resources.check(cluster);
        const data = (await groups()).map((each) => groupData(resources, each));
        return json(resources.list('ConsumerGroup', ['consumer-groups'], data));
      },
    },
    {
      method: 'GET',
      path: resources.path('/consumer-groups/*'),
      handle: async ([cluster = '', id = '']) => {
        resources.check(cluster);
        return json(groupData(resources, await group(id)));
      },
    },
    {
      method: 'GET',
      path: resources.path('/consumer-groups/*/consumers'),
      handle: async ([cluster = '', id = '']) => {
        resources.check(cluster);
        const path = ['consumer-groups', id, 'consumers'];
        const data = (await members(id)).map((each) =>
          resources.one('Consumer', [...path, each.id], {
            consumer_group_id: id,
            ...consumerMembers(each),
            assignments: resources.related(...path, each.id, 'assignments'),
          }),
        );
        return json(resources.list('Consumer', path, data));
      },
    },
    {
      method: 'GET',
      path: resources.path('/consumer-groups/*/lags'),
      handle: async ([cluster = '', id = '']) => {
        resources.check(cluster);
        const path = ['consumer-groups', id, 'lags'];
        const data = (await lags(id)).map(({ topic, partition, consumer, current, end }) =>
          resources.one('ConsumerLag', [...path, topic, 'partitions', partition], {
            consumer_group_id: id,
            topic_name: topic,
            partition_id: partition,
            ...consumerMembers(consumer),
            current_offset: current,
            log_end_offset: end,
            lag: end - current,
          }),
        );
        return json(resources.list('ConsumerLag', path, data));
      },
    },
    {
      method: 'GET',
      path: resources.path('/consumer-groups/*/lag-summary'),
      handle: async ([cluster = '', id = '']) => {
        resources.check(cluster);
        return json(summary(resources, id, await lags(id)));
      },
    },
  ];
}

interface Lag {
  readonly topic: string;
  readonly partition: number;
  readonly consumer: BackendMember | undefined;
  readonly current: bigint;
  readonly end: bigint;
}

function consumerMembers(member: BackendMember | undefined) {
  return {
    consumer_id: member?.id ?? '',
    instance_id: member?.instanceId ?? null,
    client_id: member?.clientId ?? '',
  };
}

function groupData(
  resources: Resources,
  { id, isSimple, assignor, state, coordinator }: BackendGroup,
) {
  const path = ['consumer-groups', id];
  return resources.one('ConsumerGroup', path, {
    consumer_group_id: id,
    is_simple: isSimple,
    partition_assignor: assignor,
    state,
    type: 'CLASSIC',
    is_mixed_consumer_group: false,
    coordinator: coordinator === null ? null : resources.related('brokers', coordinator),
    consumers: resources.related(...path, 'consumers'),
    lag_summary: resources.related(...path, 'lag-summary'),
  });
}

function summary(resources: Resources, id: string, lags: readonly Lag[]) {
  const of = ({ current, end }: Lag): bigint => end - current;
  const [first, ...others] = lags;
  if (!first) throw notFound('Consumer group offsets could not be found.');
  const most = others.reduce((max, lag) => (of(lag) > of(max) ? lag : max), first);
  return resources.one('ConsumerGroupLagSummary', ['consumer-groups', id, 'lag-summary'], {
    consumer_group_id: id,
    max_lag: of(most),
    total_lag: lags.reduce((sum, lag) => sum + of(lag), 0n),
    max_lag_consumer_id: most.consumer?.id ?? '',
    max_lag_client_id: most.consumer?.clientId ?? '',
    max_lag_instance_id: most.consumer?.instanceId ?? null,
    max_lag_topic_name: most.topic,
    max_lag_partition_id: most.partition,
    max_lag_partition: resources.related('topics', most.topic, 'partitions', most.partition),
  });
}
