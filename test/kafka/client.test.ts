import assert from 'node:assert/strict';
import { KafkaFailure } from '../../src/emulator/backend';
import { KafkaBackend } from '../../src/emulator/kafka/kafkaBackend';
import { SecondLogs } from '../support/kafka/brokenLogs';
import { commitOffset } from '../support/kafka/commitOffset';
import { OtherClient } from '../support/kafka/otherClient';
import { useKafka } from '../support/kafka/useKafka';

const all = { maxRecords: 1000, maxBytes: 10_000_000 };

describe('the client of a real Kafka', () => {
  const kafka = useKafka();
  let backend: KafkaBackend;
  let other: OtherClient;

  before(async () => {
    backend = new KafkaBackend({ brokers: [kafka().bootstrap] });
    other = await OtherClient.connect(kafka().bootstrap);
  });

  after(() => Promise.all([backend.close(), other.close()]));

  const values = async (topic: string, isolation?: 'read_committed') => {
    const limits = { ...all, ...(isolation && { isolation }) };
    const { records, next } = await backend.fetch(topic, 0, 0n, limits);
    return { texts: records.map(({ value }) => Buffer.from(value ?? '').toString()), next };
  };
  const kindOf = async (work: Promise<unknown>) => {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof KafkaFailure, String(error));
    return error.kind;
  };

  for (const codec of ['uncompressed', 'gzip', 'snappy', 'lz4', 'zstd']) {
    it(`reads batches that are ${codec}`, async () => {
      const topic = `codec-${codec}`;
      await backend.createTopic({ name: topic, properties: { 'compression.type': codec } });
      const written = [
        ...Array.from({ length: 200 }, (_, index) => `{"number":${index},"text":"so-so"}`),
        // Long enough for several blocks, of which the second refers to the first.
        'abcdefghij'.repeat(30_000),
        Array.from({ length: 30_000 }, (_, index) => index.toString(36)).join(),
        '',
      ];
      await backend.produce(
        topic,
        written.map((value) => ({ value })),
      );
      assert.deepEqual((await values(topic)).texts, written);
    });
  }

  it('keeps null keys, tombstones, repeated headers and their null', async () => {
    await backend.createTopic({ name: 'shapes' });
    const headers = [
      { name: 'h', value: null },
      { name: 'h', value: Buffer.alloc(0) },
    ];
    await backend.produce('shapes', [
      { key: 'k', value: null, headers, timestamp: 1_700_000_000_123 },
      { value: '', timestamp: 1 },
    ]);
    const { records } = await backend.fetch('shapes', 0, 0n, all);
    const common = { partition: 0, timestampType: 'CreateTime' };
    assert.deepEqual(records, [
      {
        ...{ ...common, offset: 0n, timestamp: 1_700_000_000_123, headers },
        ...{ key: Buffer.from('k'), value: null },
      },
      { ...common, offset: 1n, timestamp: 1, key: null, value: Buffer.alloc(0) },
    ]);
  });

  it('leaves out aborted records if it is asked to, and the ends of transactions always', async () => {
    await other.createTopic('transactions', 1);
    const record = (value: string) => ({ partition: 0, key: null, value });
    await other.transaction('transactions', [record('a')], 'commit');
    await other.transaction('transactions', [record('b'), record('c')], 'abort');
    await other.append('transactions', [record('d')]);
    await other.transaction('transactions', [record('e')], 'abort');
    assert.deepEqual(await values('transactions'), { texts: ['a', 'b', 'c', 'd', 'e'], next: 8n });
    const committed = await values('transactions', 'read_committed');
    assert.deepEqual(committed, { texts: ['a', 'd'], next: 8n });
  });

  it('splits what is too large for one batch, and names the record that is too large', async () => {
    await backend.createTopic({ name: 'large', properties: { 'max.message.bytes': '10000' } });
    const sizes = [6000, 6000, 20_000, 10];
    const results = await backend.produce(
      'large',
      sizes.map((size) => ({ value: 'x'.repeat(size) })),
    );
    const outcome = results.map((each) => ('failure' in each ? each.failure.kind : each.offset));
    assert.deepEqual(outcome, [0n, 1n, 'MESSAGE_TOO_LARGE', 2n]);
  });

  it('gives whole batches, at any size, to those who want them', async () => {
    await backend.createTopic({ name: 'batches' });
    const batch = (...texts: string[]) =>
      backend.produce(
        'batches',
        texts.map((value) => ({ value })),
      );
    await batch('a', 'b', 'c');
    await batch('d', 'e');
    const offsetsFrom = async (offset: bigint, maxBytes: number) => {
      const limits = { maxRecords: 1000, maxBytes, wholeBatches: true };
      const { records, next } = await backend.fetch('batches', 0, offset, limits);
      return [...records.map((record) => record.offset), next];
    };
    assert.deepEqual(await offsetsFrom(1n, 1), [0n, 1n, 2n, 3n]);
    assert.deepEqual(await offsetsFrom(4n, 1), [3n, 4n, 5n]);
    assert.deepEqual(await offsetsFrom(1n, 1000), [0n, 1n, 2n, 3n, 4n, 5n]);
  });

  it('says that no topic can have such a name, as Kafka does', async () => {
    await assert.rejects(backend.topic('a/b'), {
      kind: 'INVALID_TOPIC_EXCEPTION',
      message: 'The request attempted to perform an operation on an invalid topic.',
    });
  });

  it('tells groups, and how far they have come', async () => {
    await backend.createTopic({ name: 'grouped' });
    assert.equal(await kindOf(backend.groupPositions('nobody')), 'GROUP_ID_NOT_FOUND');
    await commitOffset(kafka(), { group: 'ours', topic: 'grouped', offset: 2n ** 53n + 1n });
    const group = (await backend.groups()).find(({ id }) => id === 'ours');
    assert.deepEqual(group, {
      ...{ id: 'ours', state: 'EMPTY', isSimple: true, assignor: '', coordinator: 1 },
    });
    assert.deepEqual(await backend.groupMembers('ours'), []);
    assert.deepEqual(await backend.groupPositions('ours'), [
      { topic: 'grouped', partition: 0, offset: 2n ** 53n + 1n },
    ]);
  });

  it('changes and checks topics', async () => {
    const name = 'managed';
    await backend.createTopic({ name, properties: { 'retention.ms': '1000' } });
    await backend.alterTopic(name, [
      { name: 'retention.ms', value: null },
      { name: 'cleanup.policy', value: 'compact' },
    ]);
    const properties = new Map(
      (await backend.topicProperties(name)).map((each) => [each.name, each]),
    );
    assert.equal(properties.get('retention.ms')?.source, 'DEFAULT_CONFIG');
    assert.equal(properties.get('cleanup.policy')?.value, 'compact');
    assert.equal(properties.get('cleanup.policy')?.defaultValue, 'delete');
    await backend.addPartitions(name, 3);
    assert.equal((await backend.topic(name)).partitions.length, 3);
    assert.equal(await kindOf(backend.addPartitions(name, 2)), 'INVALID_PARTITIONS');
    assert.equal(await kindOf(backend.checkTopic({ name })), 'TOPIC_ALREADY_EXISTS');
    await backend.checkTopic({ name: 'not-made' });
    await backend.deleteTopic(name);
    assert.equal(await kindOf(backend.topic(name)), 'UNKNOWN_TOPIC_OR_PARTITION');
    assert.equal(await kindOf(backend.topic('not-made')), 'UNKNOWN_TOPIC_OR_PARTITION');
  });

  it('reads on after the broker was killed and came back', async () => {
    await backend.createTopic({ name: 'survivor' });
    await backend.produce('survivor', [{ value: 'before' }]);
    await kafka().kill();
    assert.equal(await kindOf(backend.topic('survivor')), 'BROKER_NOT_AVAILABLE');
    await kafka().restart();
    await backend.produce('survivor', [{ value: 'after' }]);
    assert.deepEqual((await values('survivor')).texts, ['before', 'after']);
  });

  it('lists a topic with a partition that has no leader, and fails soon there', async () => {
    // The other folder has more partitions.
    await backend.createTopic({ name: 'led', partitionCount: 5 });
    await kafka().shutDown();
    const second = await SecondLogs.add(kafka());
    await kafka().restart();
    await second.used();
    await backend.createTopic({ name: 'orphaned' });
    await second.break('orphaned', 0);
    let leaders: readonly (number | null)[] = [];
    while (!leaders.includes(null)) {
      const { partitions } = await backend.topic('orphaned');
      leaders = partitions.map(({ leader }) => leader);
    }
    const orphan = leaders.indexOf(null);
    assert.ok((await backend.topics()).some(({ name }) => name === 'orphaned'));
    assert.equal(await kindOf(backend.offsets('orphaned', [orphan])), 'LEADER_NOT_AVAILABLE');
    const read = backend.fetch('orphaned', orphan, 0n, all);
    assert.equal(await kindOf(read), 'LEADER_NOT_AVAILABLE');
  });
});
