import assert from 'node:assert/strict';
import {
  alterTopic,
  consumerGroups,
  createTopic,
  groupMembers,
  groupPositions,
  topicProperties,
} from '../../../../../src/core/dialects/confluent/administration';
import { V3Wire } from '../../../../../src/core/dialects/confluent/v3Wire';
import {
  KafkaError,
  type KafkaErrorFacts,
  type KafkaErrorKind,
} from '../../../../../src/core/errors';
import { httpResponse } from '../../../../../src/core/http/exchange';
import { openHttp } from '../../../../../src/core/http/client';
import { fails } from '../../../../support/fails';

/** What a request below the cluster gets: the data of a list, a body, or a failure. */
type Response = readonly object[] | object | KafkaError;

const failure = (kind: KafkaErrorKind, facts?: KafkaErrorFacts) => new KafkaError(kind, facts);

function serve(responses: Readonly<Record<string, Response>>, status = 200) {
  const sent: unknown[] = [];
  const wire = new V3Wire(
    {
      endpoint: 'http://proxy',
      http: {
        ...openHttp(),
        request: ({ method, url, body, accept }) => {
          const name = `${method} ${url.pathname.replace('/v3/clusters/c', '')}`;
          if (body !== undefined) sent.push(name, JSON.parse(String(body)));
          const found = responses[name] ?? failure('not-found', { detail: 'HTTP 404' });
          if (found instanceof KafkaError) return Promise.reject(found);
          if (accept?.(status) === false) return Promise.reject(failure('protocol', { status }));
          const text = JSON.stringify(Array.isArray(found) ? { data: found } : found);
          return Promise.resolve(httpResponse(status, new Headers(), Buffer.from(text)));
        },
      },
    },
    'c',
  );
  return { wire, sent };
}

describe('The administration of Confluent', () => {
  it('creates a topic, with nothing that was not asked for', async () => {
    const { wire, sent } = serve({ 'POST /topics': {} }, 201);
    await createTopic(wire, { name: 't' }, { onlyCheck: false });
    const properties = { 'retention.ms': '5' };
    const topic = { name: 't', partitionCount: 3, replicationFactor: 2, properties };
    await createTopic(wire, topic, { onlyCheck: false });
    assert.deepEqual(sent, [
      'POST /topics',
      { topic_name: 't', configs: [] },
      'POST /topics',
      {
        topic_name: 't',
        partitions_count: 3,
        replication_factor: 2,
        configs: [{ name: 'retention.ms', value: '5' }],
      },
    ]);
    await assert.rejects(createTopic(wire, { name: 't' }, { onlyCheck: true }));
  });

  it('checks whether a topic could be created', async () => {
    const { wire, sent } = serve({ 'POST /topics': {} });
    await createTopic(wire, { name: 't' }, { onlyCheck: true });
    assert.deepEqual(sent[1], { topic_name: 't', configs: [], validate_only: true });
    await assert.rejects(createTopic(wire, { name: 't' }, { onlyCheck: false }));
  });

  it('sets and resets properties', async () => {
    const { wire, sent } = serve({ 'POST /topics/t/configs:alter': {} });
    await alterTopic(wire, 't', [
      { name: 'a', value: '1' },
      { name: 'b', value: null },
    ]);
    assert.deepEqual(sent[1], {
      data: [
        { name: 'a', operation: 'SET', value: '1' },
        { name: 'b', operation: 'DELETE' },
      ],
    });
  });

  it('tells a property that Kafka does not know from a topic that is not there', async () => {
    const changes = [
      { name: 'a', value: '1' },
      { name: 'wrong.name', value: '1' },
    ];
    const altered = (error: Response) =>
      alterTopic(serve({ 'POST /topics/t/configs:alter': error }).wire, 't', changes);
    const detail = 'Config wrong.name cannot be found';
    await fails(altered(failure('not-found', { detail, status: 404 })), {
      ...{ kind: 'rejected', detail, status: 404 },
    });
    for (const other of ['Topic wrong.name', 'Config other', 'configuration wrong.name']) {
      await fails(altered(failure('not-found', { detail: other })), { kind: 'not-found' });
    }
    await fails(altered(failure('forbidden', { detail })), { kind: 'forbidden' });
  });

  it('tells properties, sorted', async () => {
    const flags = { is_default: false, is_read_only: false, is_sensitive: false };
    const { wire } = serve({
      'GET /topics/t/configs': [
        { name: 'b', value: '2', ...flags, is_default: true, is_read_only: true },
        { name: 'a', value: null, ...flags, is_sensitive: true },
        { name: 'c', ...flags, is_default: 'yes' },
      ],
    });
    const none = { isDefault: false, isReadOnly: false, isSensitive: false };
    assert.deepEqual(await topicProperties(wire, 't'), [
      { name: 'a', value: null, ...none, isSensitive: true },
      { name: 'b', value: '2', ...none, isDefault: true, isReadOnly: true },
      { name: 'c', value: null, ...none },
    ]);
  });

  it('tells groups and their members, sorted', async () => {
    const { wire } = serve({
      'GET /consumer-groups': [
        { consumer_group_id: 'b', state: 'STABLE' },
        { consumer_group_id: 'a', state: null },
      ],
      'GET /consumer-groups/g/consumers': [
        { consumer_id: 'y', client_id: 'c' },
        { consumer_id: 'x', client_id: '' },
        { consumer_id: 'x' },
      ],
    });
    assert.deepEqual(await consumerGroups(wire), [{ id: 'a' }, { id: 'b', state: 'STABLE' }]);
    assert.deepEqual(await groupMembers(wire, 'g'), [
      { id: 'x' },
      { id: 'x' },
      { id: 'y', clientId: 'c' },
    ]);
  });

  it('tells where a group is, by topic and partition', async () => {
    const at = (topic_name: string, partition_id: number, member?: string) => ({
      ...{ topic_name, partition_id, current_offset: 5, log_end_offset: 7 },
      ...(member !== undefined && { consumer_id: member }),
    });
    const lags = [at('b', 1), at('b', 0, 'x'), at('a', 2, '')];
    const { wire } = serve({ 'GET /consumer-groups/g/lags': lags });
    const place = { current: 5n, end: 7n };
    assert.deepEqual(await groupPositions(wire, 'g'), [
      { topic: 'a', partition: 2, ...place },
      { topic: 'b', partition: 0, ...place, member: 'x' },
      { topic: 'b', partition: 1, ...place },
    ]);
  });

  it('tells a group that has nothing from one that is not there', async () => {
    const group = (state: string | undefined) =>
      serve({
        'GET /consumer-groups/g/consumers': [],
        ...(state !== undefined && { 'GET /consumer-groups/g': { state } }),
      }).wire;
    assert.deepEqual(await groupMembers(group('EMPTY'), 'g'), []);
    assert.deepEqual(await groupPositions(group('EMPTY'), 'g'), []);
    for (const state of ['Dead', undefined]) {
      await fails(groupMembers(group(state), 'g'), { kind: 'not-found' });
      await fails(groupPositions(group(state), 'g'), { kind: 'not-found' });
    }
    const refused = serve({ 'GET /consumer-groups/g/lags': failure('forbidden') }).wire;
    await fails(groupPositions(refused, 'g'), { kind: 'forbidden' });
  });
});
