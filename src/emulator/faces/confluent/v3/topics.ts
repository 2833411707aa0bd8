import type { NewTopic } from '../../../../core/kafka';
import type { BackendTopic } from '../../../backend';
import type { Call, CallResponse } from '../../../http';
import { json, type Route } from '../../../routes';
import { notFound, RestError, unprocessable } from '../restError';
import { bodyOf, isObject, type Resources, wrongType } from './resources';

/** The routes of topics: list, describe, create, grow and delete. */
export function topicRoutes(resources: Resources): readonly Route[] {
  const { backend } = resources;
  const one = resources.path('/topics/*');
  const all = resources.path('/topics');
  return [
    {
      method: 'GET',
      path: all,
      handle: async ([cluster = '']) => {
        resources.check(cluster);
        const topics = await backend.topics();
        return json(
          resources.list(
            'Topic',
            ['topics'],
            topics.map((each) => data(resources, each)),
          ),
        );
      },
    },
    {
      method: 'GET',
      path: one,
      handle: async ([cluster = '', name = '']) => {
        resources.check(cluster);
        return json(data(resources, await resources.topic(name)));
      },
    },
    {
      method: 'POST',
      path: all,
      handle: async ([cluster = ''], call) => {
        resources.check(cluster);
        return create(resources, call);
      },
    },
    {
      method: 'PATCH',
      path: one,
      handle: async ([cluster = '', name = ''], call) => {
        resources.check(cluster);
        const { partitions_count: total, validate_only: validateOnly } = await bodyOf(call);
        if (!isCount(total)) throw wrongType('partitions_count');
        if (!backend.addPartitions) throw unsupported();
        await backend.addPartitions(name, total, { validateOnly: validateOnly === true });
        return json(data(resources, await resources.topic(name)));
      },
    },
    {
      method: 'DELETE',
      path: one,
      handle: async ([cluster = '', name = '']) => {
        resources.check(cluster);
        if (!backend.deleteTopic) throw unsupported();
        await backend.deleteTopic(name);
        return { status: 204, body: '' };
      },
    },
  ];
}

/** The cluster behind the face cannot be administered in this way. */
export function unsupported(): RestError {
  return new RestError(400, 40_002, 'The broker does not support this operation.');
}

async function create(resources: Resources, call: Call): Promise<CallResponse> {
  const { backend } = resources;
  const body = await bodyOf(call);
  const topic = newTopic(body);
  if (!/^(?!\.{1,2}$)[a-zA-Z0-9._-]{1,249}$/.test(topic.name)) {
    throw unprocessable(42_206, 'Payload error. Invalid topic name.');
  }
  const validateOnly = body['validate_only'] === true;
  if (validateOnly) {
    if (!backend.checkTopic) throw unsupported();
    await backend.checkTopic(topic);
  } else {
    await backend.createTopic(topic);
  }
  // The proxy does not ask Kafka for what it has just created.
  const { name, replicationFactor = 0, partitionCount = 0 } = topic;
  const created = members(resources, {
    name,
    isInternal: false,
    replicationFactor,
    partitionCount,
  });
  return json(created, validateOnly ? 200 : 201);
}

function newTopic(body: Readonly<Record<string, unknown>>): NewTopic {
  const { topic_name: name, partitions_count: partitions, replication_factor: replicas } = body;
  if (typeof name !== 'string') throw wrongType('topic_name');
  if (partitions !== undefined && !isCount(partitions)) throw wrongType('partitions_count');
  if (replicas !== undefined && !isCount(replicas)) throw wrongType('replication_factor');
  const { configs = [] } = body;
  if (!Array.isArray(configs)) throw wrongType('configs');
  const properties = configs.map((config: unknown) => {
    if (!isObject(config)) throw wrongType('configs');
    const { name: property, value } = config;
    if (typeof property !== 'string') throw wrongType('configs.name');
    return [property, String(value)] as const;
  });
  return {
    name,
    ...(partitions !== undefined && { partitionCount: partitions }),
    ...(replicas !== undefined && { replicationFactor: replicas }),
    properties: Object.fromEntries(properties),
  };
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value);
}

function data(resources: Resources, { name, isInternal, partitions }: BackendTopic) {
  const replicationFactor = partitions[0]?.replicas.length ?? 0;
  const partitionCount = partitions.length;
  return members(resources, { name, isInternal, replicationFactor, partitionCount });
}

function members(
  resources: Resources,
  topic: Required<Pick<NewTopic, 'name' | 'partitionCount' | 'replicationFactor'>> & {
    readonly isInternal: boolean;
  },
) {
  const path = ['topics', topic.name];
  return resources.one('Topic', path, {
    topic_name: topic.name,
    is_internal: topic.isInternal,
    replication_factor: topic.replicationFactor,
    partitions_count: topic.partitionCount,
    partitions: resources.related(...path, 'partitions'),
    configs: resources.related(...path, 'configs'),
    partition_reassignments: resources.related(...path, 'partitions', '-', 'reassignment'),
    authorized_operations: [],
  });
}

/** Returns a partition of a topic. Rejects with a `RestError` if there is none. */
export async function partitionOf(resources: Resources, name: string, id: string) {
  const { partitions } = await resources.topic(name);
  const partition = partitions.find((each) => String(each.id) === id);
  if (!partition) throw notFound();
  return partition;
}
