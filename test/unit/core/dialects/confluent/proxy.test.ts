import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { openProxy } from '../../../../../src/core/dialects/open';
import { KafkaError, type KafkaErrorKind } from '../../../../../src/core/errors';
import { type HttpClient, openHttp } from '../../../../../src/core/http/client';
import type { KafkaProxy, Offset } from '../../../../../src/core/kafka';
import {
  CLUSTER_ID,
  type ConfluentOptions,
} from '../../../../../src/emulator/faces/confluent/confluentRest';
import { type Emulator, startEmulator } from '../../../../../src/emulator/server';

interface Opened {
  readonly emulator: Emulator;
  readonly proxy: KafkaProxy;
  /** The requests so far: `GET /topics`. */
  readonly requests: string[];
}

const opened: Opened[] = [];

/** @param failures what the first of some requests fails with */
async function open(
  confluent: ConfluentOptions = {},
  clusterId = '',
  failures: Readonly<Record<string, KafkaError>> = {},
): Promise<Opened> {
  const requests: string[] = [];
  const emulator = await startEmulator({
    face: 'confluent',
    auth: 'none',
    tls: false,
    samples: false,
    confluent,
    onRequest: ({ method, path }) => requests.push(`${method} ${path}`),
  });
  const { endpoint } = emulator.info;
  const client = openHttp({ retries: 0 });
  const left = new Map(Object.entries(failures));
  const http: HttpClient = {
    ...client,
    request: async (request) => {
      const name = `${request.method} ${request.url.pathname}`;
      const failure = left.get(name);
      left.delete(name);
      if (failure) throw failure;
      return client.request(request);
    },
  };
  const proxy = openProxy({ endpoint, http, dialect: { kind: 'confluent', clusterId } });
  const all = { emulator, proxy, requests };
  opened.push(all);
  return all;
}

async function failsWith(
  promise: Promise<unknown> | undefined,
  kind: KafkaErrorKind,
  detail: RegExp,
): Promise<void> {
  await assert.rejects(Promise.resolve(promise), (error) => {
    assert.ok(error instanceof KafkaError, String(error));
    assert.equal(error.kind, kind);
    assert.match(error.detail, detail);
    return true;
  });
}

async function offsetsOf(proxy: KafkaProxy, topic: string, until: Offset): Promise<Offset[]> {
  const found: Offset[] = [];
  const range = { topic, partition: 0, from: 0n, until };
  for await (const { records } of proxy.read(range)) {
    found.push(...records.map(({ offset }) => offset));
  }
  return found;
}

describe('the proxy of Confluent', () => {
  afterEach(async () => {
    for (const { proxy, emulator } of opened.splice(0)) {
      await proxy.dispose();
      await emulator.stop();
    }
  });

  it('asks once which APIs there are, also for several first calls', async () => {
    const { proxy, requests } = await open();
    await Promise.all([proxy.topics(), proxy.brokers()]);
    await proxy.topics();
    assert.equal(requests.filter((each) => each === 'GET /v3/clusters').length, 1);
    assert.equal(requests.filter((each) => each === 'GET /brokers').length, 1);
  });

  it('keeps only what API v3 offers, and says why it cannot read', async () => {
    const { proxy } = await open({ apis: 'v3' });
    assert.notEqual(proxy.capabilities.read, false);
    await proxy.topics();
    assert.equal(proxy.capabilities.read, false);
    assert.deepEqual(['offsetAtTime' in proxy, 'deleteTopic' in proxy], [false, true]);
    await failsWith(offsetsOf(proxy, 't', 1n), 'unsupported', /^read$/);
  });

  it('keeps only what API v2 offers, and says why it cannot administer', async () => {
    const { proxy, emulator } = await open({ apis: 'v2' });
    await proxy.topics();
    const { createTopic, groups, deleteTopic, produce } = proxy.capabilities;
    assert.deepEqual([createTopic, groups, deleteTopic], [false, false, false]);
    assert.equal(produce && produce.headers, false);
    assert.deepEqual(['consumerGroups' in proxy, 'alterTopic' in proxy], [false, false]);
    await failsWith(proxy.createTopic({ name: 'x' }), 'unsupported', /^administration$/);
    emulator.createTopic({ name: 't' });
    const properties = await proxy.topicProperties?.('t');
    const found = properties?.find(({ name }) => name === 'retention.ms');
    assert.deepEqual(found, { name: 'retention.ms', value: '604800000' });
  });

  it('asks again after a minute for an API that was absent, and then offers what it can', async () => {
    // Somebody on the way answers in place of the proxy once.
    const { proxy, emulator } = await open({}, '', {
      'GET /brokers': new KafkaError('protocol', { detail: 'not JSON' }),
    });
    emulator.createTopic({ name: 't' });
    emulator.append('t', [{ value: 'a' }]);
    await proxy.topics();
    await failsWith(offsetsOf(proxy, 't', 1n), 'unsupported', /^read$/);
    const now = performance.now.bind(performance);
    const clock = mock.method(performance, 'now', () => now() + 61_000);
    try {
      assert.deepEqual(await offsetsOf(proxy, 't', 1n), [0n]);
      assert.notEqual(proxy.capabilities.read, false);
      assert.ok('offsetAtTime' in proxy);
    } finally {
      clock.mock.restore();
    }
  });

  it('needs the cluster id where clusters are not listed', async () => {
    const options = { apis: 'v3', path: '/kafka', listsClusters: false } as const;
    await failsWith((await open(options)).proxy.topics(), 'not-found', /^no-api$/);
    await failsWith((await open(options, 'lkc-other')).proxy.topics(), 'not-found', /^no-api$/);
    assert.deepEqual(await (await open(options, CLUSTER_ID)).proxy.topics(), []);
  });

  it('does not know offsets where only API v3 before 8.0 could tell them', async () => {
    const { proxy, emulator } = await open({ apis: 'v3', partitionOffsets: false });
    emulator.createTopic({ name: 't', replicas: 2 });
    const [partition] = await proxy.partitions('t');
    assert.deepEqual(partition, { id: 0, leader: 1001, replicas: [1001, 1002], isr: [1001, 1002] });
    await failsWith(proxy.partition('t', 1), 'not-found', /./);
  });

  it('asks again which APIs there are after a failure', async () => {
    const { proxy, emulator } = await open();
    const gone = openProxy({
      endpoint: 'http://127.0.0.1:1',
      http: openHttp({ retries: 0 }),
      dialect: { kind: 'confluent', clusterId: '' },
    });
    await failsWith(gone.topics(), 'connection', /./);
    await failsWith(gone.topics(), 'connection', /./);
    await gone.dispose();
    emulator.createTopic({ name: 't' });
    const [topic] = await proxy.topics();
    assert.deepEqual(topic, { name: 't', internal: false, partitionCount: 1 });
  });

  it('says that a property is refused, and not that the topic is unknown', async () => {
    const { proxy, emulator } = await open();
    emulator.createTopic({ name: 't' });
    const unknown = [{ name: 'retention.weeks', value: '1' }];
    await failsWith(proxy.alterTopic?.('t', unknown), 'rejected', /retention\.weeks/);
    const wrong = [{ name: 'retention.ms', value: 'week' }];
    await failsWith(proxy.alterTopic?.('t', wrong), 'rejected', /Not a number/);
    await failsWith(proxy.alterTopic?.('none', wrong), 'not-found', /./);
  });

  it('tells where groups are, and which member reads a partition', async () => {
    const { proxy, emulator } = await open();
    emulator.createTopic({ name: 't', partitions: 2, firstOffset: 2n ** 53n + 1n });
    emulator.commit('g', 't', 1, 2n ** 53n + 1n);
    const partitions = [{ topic: 't', partition: 1 }];
    emulator.join('g', { id: 'm', clientId: 'c', host: '/h', partitions });
    emulator.join('idle', { id: 'n', clientId: 'd', host: '/h', partitions: [] });
    assert.deepEqual(await proxy.groupMembers?.('g'), [{ id: 'm', clientId: 'c' }]);
    const at = 2n ** 53n + 1n;
    assert.deepEqual(await proxy.groupPositions?.('g'), [
      { topic: 't', partition: 1, current: at, end: at, member: 'm' },
    ]);
    assert.deepEqual(await proxy.groupPositions?.('idle'), []);
    assert.deepEqual(
      (await proxy.consumerGroups?.())?.map(({ state }) => state),
      ['STABLE', 'STABLE'],
    );
  });

  it('produces through API v2 unless a record needs API v3', async () => {
    const { proxy, emulator, requests } = await open();
    emulator.createTopic({ name: 't' });
    await proxy.produce('t', [{ value: 'plain' }, { key: 'k', value: null }]);
    await proxy.produce('t', [{ value: 'timed', timestamp: 5 }]);
    assert.deepEqual(
      requests.filter((each) => each.startsWith('POST')),
      ['POST /topics/t', `POST /v3/clusters/${CLUSTER_ID}/topics/t/records`],
    );
    assert.deepEqual(
      emulator.stored('t', 0).map(({ value }) => value && String(value)),
      ['plain', null, 'timed'],
    );
  });

  it('sends nothing to a topic or partition that is not there', async () => {
    const { proxy, emulator, requests } = await open();
    await failsWith(proxy.produce('t', [{ value: 'a' }]), 'not-found', /./);
    emulator.createTopic({ name: 't' });
    const second = { value: 'b', partition: 1 };
    assert.deepEqual(await proxy.produce('t', [second]), [
      { status: 'refused', detail: 'no partition 1' },
    ]);
    emulator.createTopic({ name: 't', partitions: 2 });
    assert.deepEqual(await proxy.produce('t', [second]), [
      { status: 'accepted', partition: 1, offset: 0n },
    ]);
    assert.equal(requests.filter((each) => each.startsWith('POST')).length, 1);
  });

  it('tells which records of a call were written', async () => {
    const { proxy, emulator } = await open();
    emulator.createTopic({ name: 't', partitions: 2 });
    await proxy.produce('t', [{ value: 'a', partition: 1 }]);
    // The partition that the proxy was told of is gone.
    emulator.createTopic({ name: 't' });
    const results = await proxy.produce('t', [
      { value: 'b', partition: 0 },
      { value: 'c', partition: 1 },
    ]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['accepted', 'refused'],
    );
  });

  it('reads a large range in few requests', async () => {
    const { proxy, emulator, requests } = await open();
    emulator.createTopic({ name: 't' });
    const records = Array.from({ length: 600 }, () => ({ value: 'x'.repeat(1000) }));
    emulator.append('t', records);
    assert.equal((await offsetsOf(proxy, 't', 600n)).length, 600);
    const polls = requests.filter((each) => each.includes('/records?'));
    assert.ok(polls.length <= 4, polls.join('\n'));
    assert.ok(polls.every((each) => each.includes('max_bytes=48000000')));
  });

  it('finds the first record at a time or later, if there is one', async () => {
    const { proxy, emulator } = await open();
    emulator.createTopic({ name: 't' });
    emulator.append('t', [
      { value: 'a', timestamp: 1000 },
      { value: 'b', timestamp: 2000 },
    ]);
    assert.equal(await proxy.offsetAtTime?.('t', 0, 1500), 1n);
    assert.equal(await proxy.offsetAtTime?.('t', 0, -5), 0n);
    assert.equal(await proxy.offsetAtTime?.('t', 0, 2001), undefined);
    await proxy.dispose();
    assert.deepEqual(emulator.instances(), []);
  });
});
