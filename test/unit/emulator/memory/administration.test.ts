import assert from 'node:assert/strict';
import { KafkaFailure, type KafkaErrorName } from '../../../../src/emulator/backend';
import { Cluster } from '../../../../src/emulator/memory/cluster';
import { MemoryBackend } from '../../../../src/emulator/memory/memoryBackend';
import { addSamples } from '../../../../src/emulator/memory/samples';

function opened(): { cluster: Cluster; backend: MemoryBackend } {
  const cluster = new Cluster({});
  cluster.create({ name: 'orders', partitions: 2, replicas: 2 });
  return { cluster, backend: new MemoryBackend(cluster) };
}

async function failsWith(
  promise: Promise<unknown>,
  kind: KafkaErrorName,
  message: RegExp,
): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof KafkaFailure);
    assert.equal(error.kind, kind);
    assert.match(error.message, message);
    return true;
  });
}

describe('Administration of the cluster in memory', () => {
  it('says of a name that no topic can have what Kafka says', async () => {
    const { backend } = opened();
    const message = /^The request attempted to perform an operation on an invalid topic\.$/;
    await failsWith(backend.topic('a/b'), 'INVALID_TOPIC_EXCEPTION', message);
    await failsWith(backend.topic('ab'), 'UNKNOWN_TOPIC_OR_PARTITION', /^There is no topic ab\.$/);
  });

  it('has the defaults of Kafka for the properties of a topic', async () => {
    const { backend } = opened();
    const properties = await backend.topicProperties('orders');
    const names = properties.map(({ name }) => name);
    assert.deepEqual(names, [...names].sort());
    assert.deepEqual(
      properties.find(({ name }) => name === 'retention.ms'),
      {
        name: 'retention.ms',
        value: '604800000',
        defaultValue: '604800000',
        source: 'DEFAULT_CONFIG',
        isReadOnly: false,
        isSensitive: false,
      },
    );
  });

  it('sets and resets properties, and leaves the others', async () => {
    const { backend, cluster } = opened();
    await backend.alterTopic('orders', [
      { name: 'retention.ms', value: '1000' },
      { name: 'cleanup.policy', value: 'compact,delete' },
    ]);
    await backend.alterTopic('orders', [{ name: 'retention.ms', value: null }]);
    assert.deepEqual(
      [...cluster.existing('orders').properties],
      [['cleanup.policy', 'compact,delete']],
    );
    const own = (await backend.topicProperties('orders')).filter(
      ({ source }) => source === 'DYNAMIC_TOPIC_CONFIG',
    );
    assert.deepEqual(
      own.map(({ name, value }) => [name, value]),
      [['cleanup.policy', 'compact,delete']],
    );
  });

  it('keeps the properties with which a topic is created', async () => {
    const { backend, cluster } = opened();
    await backend.createTopic({ name: 'compacted', properties: { 'cleanup.policy': 'compact' } });
    assert.equal(cluster.existing('compacted').properties.get('cleanup.policy'), 'compact');
  });

  for (const [name, value, message] of [
    ['retention.sec', '1', /Unknown topic config name: retention\.sec/],
    [
      'retention.ms',
      'week',
      /Invalid value week for configuration retention\.ms: Not a number of type LONG/,
    ],
    ['retention.ms', '-2', /Value must be at least -1/],
    ['segment.bytes', '99999999999', /Not a number of type INT/],
    ['min.cleanable.dirty.ratio', '1.5', /Value must be no more than 1/],
    ['preallocate', 'yes', /Expected value to be either true or false/],
    ['compression.type', 'rar', /String must be one of: uncompressed, zstd/],
    ['cleanup.policy', 'delete,keep', /String must be one of: compact, delete/],
  ] as const) {
    it(`refuses ${name} of ${value}, and changes nothing`, async () => {
      const { backend, cluster } = opened();
      const changes = [
        { name: 'flush.ms', value: '1' },
        { name, value },
      ];
      await failsWith(backend.alterTopic('orders', changes), 'INVALID_CONFIG', message);
      assert.equal(cluster.existing('orders').properties.size, 0);
      const created = backend.createTopic({ name: 'other', properties: { [name]: value } });
      await failsWith(created, 'INVALID_CONFIG', message);
    });
  }

  it('only checks if it is told to', async () => {
    const { backend, cluster } = opened();
    await backend.checkTopic({ name: 'checked' });
    await backend.alterTopic('orders', [{ name: 'flush.ms', value: '1' }], { validateOnly: true });
    await backend.addPartitions('orders', 5, { validateOnly: true });
    assert.equal(cluster.names.includes('checked'), false);
    assert.equal(cluster.existing('orders').properties.size, 0);
    assert.equal(cluster.existing('orders').partitions.length, 2);
    await failsWith(backend.checkTopic({ name: 'orders' }), 'TOPIC_ALREADY_EXISTS', /orders/);
  });

  it('adds partitions to a topic and keeps what it holds', async () => {
    const { backend, cluster } = opened();
    cluster.append(cluster.existing('orders'), [{ value: 'kept', partition: 1 }]);
    await backend.addPartitions('orders', 3);
    const { partitions } = await backend.topic('orders');
    assert.deepEqual(
      partitions.map(({ id, replicas }) => [id, replicas.length]),
      [
        [0, 2],
        [1, 2],
        [2, 2],
      ],
    );
    assert.equal(cluster.log('orders', 1).size, 1);
    await failsWith(backend.addPartitions('orders', 3), 'INVALID_PARTITIONS', /already has 3/);
    await failsWith(backend.addPartitions('orders', 2), 'INVALID_PARTITIONS', /not be an increase/);
  });

  it('deletes a topic with what groups have committed for it', async () => {
    const { backend, cluster } = opened();
    cluster.create({ name: 'other' });
    cluster.groups.commit('billing', 'orders', 0, 5n);
    cluster.groups.commit('billing', 'other', 0, 6n);
    await backend.deleteTopic('orders');
    await failsWith(backend.topic('orders'), 'UNKNOWN_TOPIC_OR_PARTITION', /orders/);
    await failsWith(backend.deleteTopic('orders'), 'UNKNOWN_TOPIC_OR_PARTITION', /orders/);
    assert.deepEqual(await backend.groupPositions('billing'), [
      { topic: 'other', partition: 0, offset: 6n },
    ]);
  });

  it('lists groups with their state, members and offsets', async () => {
    const { backend, cluster } = opened();
    const member = { id: 'm1', clientId: 'c', host: '/10.0.0.1', partitions: [] };
    cluster.groups.commit('stopped', 'orders', 1, 2n);
    cluster.groups.commit('stopped', 'orders', 0, 1n);
    cluster.groups.join('running', member);
    assert.deepEqual(
      (await backend.groups()).map(({ id, state }) => [id, state]),
      [
        ['running', 'STABLE'],
        ['stopped', 'EMPTY'],
      ],
    );
    assert.deepEqual(await backend.groupMembers('running'), [member]);
    assert.deepEqual(
      (await backend.groupPositions('stopped')).map(({ partition, offset }) => [partition, offset]),
      [
        [0, 1n],
        [1, 2n],
      ],
    );
    await failsWith(backend.groupMembers('none'), 'GROUP_ID_NOT_FOUND', /none/);
  });

  it('has sample groups, one with lag and members, one without lag', async () => {
    const cluster = new Cluster({});
    addSamples(cluster, Date.now());
    const backend = new MemoryBackend(cluster);
    const lagOf = async (group: string): Promise<bigint> => {
      let lag = 0n;
      for (const { topic, partition, offset } of await backend.groupPositions(group)) {
        lag += cluster.log(topic, partition).latest - offset;
      }
      return lag;
    };
    assert.equal((await backend.groupMembers('billing')).length, 2);
    assert.ok((await lagOf('billing')) > 0n);
    assert.equal(await lagOf('log-shipper'), 0n);
    assert.deepEqual(await backend.groupMembers('dashboard'), []);
  });
});
