import type { TopicPropertyChange } from '../../../../core/administration';
import type { BackendProperty } from '../../../backend';
import { json, type Route } from '../../../routes';
import { notFound } from '../restError';
import { bodyOf, isObject, type Resources, wrongType } from './resources';
import { unsupported } from './topics';

/** The routes of the configuration of a topic. */
export function configRoutes(resources: Resources): readonly Route[] {
  const { backend } = resources;
  const one = resources.path('/topics/*/configs/*');

  const properties = async (topic: string): Promise<readonly BackendProperty[]> => {
    if (!backend.topicProperties) throw unsupported();
    return backend.topicProperties(topic);
  };
  const property = async (topic: string, name: string): Promise<BackendProperty> => {
    const found = (await properties(topic)).find((each) => each.name === name);
    if (found) return found;
    const where = `TOPIC ${topic} in cluster ${resources.clusterId}`;
    throw notFound(`Config ${name} cannot be found for ${where}.`);
  };
  /** The proxy looks at each name before it asks Kafka for a change. */
  const alter = async (
    topic: string,
    changes: readonly TopicPropertyChange[],
    validateOnly = false,
  ): Promise<void> => {
    for (const { name } of changes) await property(topic, name);
    if (!backend.alterTopic) throw unsupported();
    await backend.alterTopic(topic, changes, { validateOnly });
  };

  return [
    {
      method: 'GET',
      path: resources.path('/topics/*/configs'),
      handle: async ([cluster = '', topic = '']) => {
        resources.check(cluster);
        const data = (await properties(topic)).map((each) => config(resources, topic, each));
        return json(resources.list('TopicConfig', ['topics', topic, 'configs'], data));
      },
    },
    {
      method: 'POST',
      path: resources.path('/topics/*/configs:alter'),
      handle: async ([cluster = '', topic = ''], call) => {
        resources.check(cluster);
        const { data, validate_only: validateOnly } = await bodyOf(call);
        if (!Array.isArray(data)) throw wrongType('data');
        await alter(topic, data.map(changeOf), validateOnly === true);
        return { status: 204, body: '' };
      },
    },
    {
      method: 'GET',
      path: one,
      handle: async ([cluster = '', topic = '', name = '']) => {
        resources.check(cluster);
        return json(config(resources, topic, await property(topic, name)));
      },
    },
    {
      method: 'PUT',
      path: one,
      handle: async ([cluster = '', topic = '', name = ''], call) => {
        resources.check(cluster);
        const { value } = await bodyOf(call);
        if (typeof value !== 'string') throw wrongType('value');
        await alter(topic, [{ name, value }]);
        return { status: 204, body: '' };
      },
    },
    {
      method: 'DELETE',
      path: one,
      handle: async ([cluster = '', topic = '', name = '']) => {
        resources.check(cluster);
        await alter(topic, [{ name, value: null }]);
        return { status: 204, body: '' };
      },
    },
  ];
}

function changeOf(change: unknown): TopicPropertyChange {
  if (!isObject(change)) throw wrongType('data');
  const { name, value, operation = 'SET' } = change;
  if (typeof name !== 'string') throw wrongType('data.name');
  if (operation === 'DELETE') return { name, value: null };
  if (operation !== 'SET' || typeof value !== 'string') throw wrongType('data.value');
  return { name, value };
}

function config(resources: Resources, topic: string, property: BackendProperty) {
  const { name, value, source, isReadOnly, isSensitive, defaultValue } = property;
  const isDefault = source === 'DEFAULT_CONFIG';
  const initial = { name, value: defaultValue ?? null, source: 'DEFAULT_CONFIG' };
  const own = { name, value, source };
  return resources.one('TopicConfig', ['topics', topic, 'configs', name], {
    topic_name: topic,
    name,
    value,
    is_default: isDefault,
    is_read_only: isReadOnly,
    is_sensitive: isSensitive,
    source,
    synonyms: [...(isDefault ? [] : [own]), ...(defaultValue === undefined ? [] : [initial])],
  });
}
