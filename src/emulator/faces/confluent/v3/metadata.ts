import type { Broker } from '../../../../core/kafka';
import type { BackendPartition } from '../../../backend';
import { json, type Route } from '../../../routes';
import { notFound, partitionNotFound } from '../restError';
import type { Resources } from './resources';
import { partitionOf } from './topics';

/** The routes of the cluster, its brokers, and the partitions of a topic. */
export function metadataRoutes(
  resources: Resources,
  {
    listsClusters,
    partitionOffsets,
  }: { readonly listsClusters: boolean; readonly partitionOffsets: boolean },
): readonly Route[] {
  const { backend } = resources;
  const clusters: Route = {
    method: 'GET',
    path: /^\/v3\/clusters$/,
    handle: async () => json(resources.list('Cluster', [], [await cluster(resources)])),
  };
  const offset: Route = {
    method: 'GET',
    path: resources.path('/topics/*/partitions/*/offset'),
    handle: async ([id = '', topic = '', partition = '']) => {
      resources.check(id);
      const { partitions } = await resources.topic(topic);
      const found = partitions.find((each) => String(each.id) === partition);
      if (!found) throw partitionNotFound();
      const [ends] = await backend.offsets(topic, [found.id]);
      const path = ['topics', topic, 'partitions', found.id, 'offset'];
      return json(
        resources.one('PartitionOffsets', path, {
          topic_name: topic,
          partition_id: found.id,
          earliest_offset: ends?.earliest,
          latest_offset: ends?.latest,
        }),
      );
    },
  };
  return [
    ...(listsClusters ? [clusters] : []),
    ...(partitionOffsets ? [offset] : []),
    {
      method: 'GET',
      path: resources.path(''),
      handle: async ([id = '']) => {
        resources.check(id);
        return json(await cluster(resources));
      },
    },
    {
      method: 'GET',
      path: resources.path('/brokers'),
      handle: async ([id = '']) => {
        resources.check(id);
        const brokers = await backend.brokers();
        return json(
          resources.list(
            'Broker',
            ['brokers'],
            brokers.map((each) => broker(resources, each)),
          ),
        );
      },
    },
    {
      method: 'GET',
      path: resources.path('/brokers/*'),
      handle: async ([id = '', brokerId = '']) => {
        resources.check(id);
        const found = (await backend.brokers()).find((each) => String(each.id) === brokerId);
        if (!found) throw notFound();
        return json(broker(resources, found));
      },
    },
    {
      method: 'GET',
      path: resources.path('/topics/*/partitions'),
      handle: async ([id = '', topic = '']) => {
        resources.check(id);
        const { partitions } = await resources.topic(topic);
        const data = partitions.map((each) => partition(resources, topic, each));
        return json(resources.list('Partition', ['topics', topic, 'partitions'], data));
      },
    },
    {
      method: 'GET',
      path: resources.path('/topics/*/partitions/*'),
      handle: async ([id = '', topic = '', partitionId = '']) => {
        resources.check(id);
        const found = await partitionOf(resources, topic, partitionId);
        return json(partition(resources, topic, found));
      },
    },
    {
      method: 'GET',
      path: resources.path('/topics/*/partitions/*/replicas'),
      handle: async ([id = '', topic = '', partitionId = '']) => {
        resources.check(id);
        const found = await partitionOf(resources, topic, partitionId);
        const path = ['topics', topic, 'partitions', found.id, 'replicas'];
        const data = found.replicas.map((brokerId) =>
          resources.one('Replica', [...path, brokerId], {
            topic_name: topic,
            partition_id: found.id,
            broker_id: brokerId,
            is_leader: brokerId === found.leader,
            is_in_sync: found.isr.includes(brokerId),
            broker: resources.related('brokers', brokerId),
          }),
        );
        return json(resources.list('Replica', path, data));
      },
    },
  ];
}

async function cluster(resources: Resources) {
  const [controller] = await resources.backend.brokers();
  return resources.one('Cluster', [], {
    controller: controller ? resources.related('brokers', controller.id) : null,
    acls: resources.related('acls'),
    brokers: resources.related('brokers'),
    broker_configs: resources.related('broker-configs'),
    consumer_groups: resources.related('consumer-groups'),
    topics: resources.related('topics'),
    partition_reassignments: resources.related('topics', '-', 'partitions', '-', 'reassignment'),
  });
}

function broker(
  resources: Resources,
  { id, host = null, port = null, rack = null }: NullableBroker,
) {
  return resources.one('Broker', ['brokers', id], {
    broker_id: id,
    host,
    port,
    rack,
    configs: resources.related('brokers', id, 'configs'),
    partition_replicas: resources.related('brokers', id, 'partition-replicas'),
  });
}

type NullableBroker = { readonly [M in keyof Broker]: Broker[M] | null } & Pick<Broker, 'id'>;

function partition(resources: Resources, topic: string, { id, leader }: BackendPartition) {
  const path = ['topics', topic, 'partitions', id];
  return resources.one('Partition', path, {
    topic_name: topic,
    partition_id: id,
    leader: leader === null ? null : resources.related(...path, 'replicas', leader),
    replicas: resources.related(...path, 'replicas'),
    reassignment: resources.related(...path, 'reassignment'),
  });
}
