import assert from 'node:assert/strict';
import { CLUSTER_ID } from '../../../../../src/emulator/faces/confluent/confluentRest';
import type { Emulator } from '../../../../../src/emulator/server';
import { array, decodeJson, field, string, text } from '../../../../../src/core/json/decode';
import { ask, parsed, startFace } from './face';

describe('API v3 of the Confluent face', () => {
  const base = `/v3/clusters/${CLUSTER_ID}`;
  let emulator: Emulator;
  before(async () => {
    emulator = await startFace({}, true);
  });
  after(() => emulator.stop());

  /** Returns one member of each entry of a list, as text. */
  const listed = async (path: string, member: string): Promise<readonly string[]> => {
    const reply = await ask(emulator, 'GET', base + path);
    assert.equal(reply.status, 200, reply.text);
    return decodeJson(reply.text, (body) =>
      field(body, 'data', (data) => array(data, (each) => field(each, member, text))),
    );
  };
  const failure = async (
    ...given: readonly [method: string, path: string, body?: unknown]
  ): Promise<readonly [status: number, code: string, message: string]> => {
    const [method, path, body] = given;
    const reply = await ask(emulator, method, base + path, body);
    return decodeJson(reply.text, (error) => [
      reply.status,
      field(error, 'error_code', text),
      field(error, 'message', string),
    ]);
  };

  it('lists its one cluster', async () => {
    const reply = await ask(emulator, 'GET', '/v3/clusters');
    const ids = decodeJson(reply.text, (body) =>
      field(body, 'data', (data) => array(data, (each) => field(each, 'cluster_id', string))),
    );
    assert.deepEqual(ids, [CLUSTER_ID]);
    const other = await ask(emulator, 'GET', '/v3/clusters/other/topics');
    assert.equal(other.status, 404);
    assert.deepEqual(parsed(other), { error_code: 404, message: 'Cluster other cannot be found.' });
  });

  it('lists brokers and topics with their counts', async () => {
    assert.deepEqual(await listed('/brokers', 'broker_id'), ['1001', '1002', '1003']);
    const names = await listed('/topics', 'topic_name');
    assert.ok(names.includes('orders'));
    const counts = await listed('/topics', 'partitions_count');
    assert.equal(counts[names.indexOf('orders')], '3');
  });

  it('describes partitions, replicas and offsets', async () => {
    assert.deepEqual(await listed('/topics/orders/partitions', 'partition_id'), ['0', '1', '2']);
    const inSync = await listed('/topics/iot-readings/partitions/2/replicas', 'is_in_sync');
    assert.deepEqual(inSync, ['true', 'true', 'false']);
    emulator.createTopic({ name: 'far', firstOffset: 2n ** 60n + 1n });
    const far = await ask(emulator, 'GET', `${base}/topics/far/partitions/0/offset`);
    assert.match(far.text, /"earliest_offset":1152921504606846977,/);
    assert.deepEqual(await failure('GET', '/topics/far/partitions/1/offset'), [
      404,
      '40402',
      'Partition not found.',
    ]);
    assert.equal((await failure('GET', '/topics/none'))[0], 404);
  });

  it('creates a topic with a configuration, and only checks if it is told to', async () => {
    const topic = {
      topic_name: 'made',
      partitions_count: 2,
      replication_factor: 1,
      configs: [{ name: 'retention.ms', value: '1000' }],
    };
    const checked = await ask(emulator, 'POST', `${base}/topics`, {
      ...topic,
      validate_only: true,
    });
    assert.equal(checked.status, 200);
    assert.equal((await ask(emulator, 'GET', `${base}/topics/made`)).status, 404);
    assert.equal((await ask(emulator, 'POST', `${base}/topics`, topic)).status, 201);
    assert.equal(emulator.properties('made').get('retention.ms'), '1000');
    const [status, code, message] = await failure('POST', '/topics', topic);
    assert.deepEqual([status, code], [400, '40002']);
    assert.match(message, /already exists/);
  });

  it('refuses a name that Kafka does not allow, with the code in the message', async () => {
    const refused = await failure('POST', '/topics', { topic_name: 'a b' });
    assert.deepEqual(refused, [422, '422', 'Error: 42206 : Payload error. Invalid topic name.']);
  });

  it('adds partitions and deletes topics', async () => {
    emulator.createTopic({ name: 'short', partitions: 2 });
    const grown = await ask(emulator, 'PATCH', `${base}/topics/short`, { partitions_count: 4 });
    assert.equal(grown.status, 200);
    assert.equal((await listed('/topics/short/partitions', 'partition_id')).length, 4);
    const fewer = await failure('PATCH', '/topics/short', { partitions_count: 1 });
    assert.deepEqual(fewer.slice(0, 2), [400, '40002']);
    assert.equal((await ask(emulator, 'DELETE', `${base}/topics/short`)).status, 204);
    assert.deepEqual((await failure('DELETE', '/topics/short')).slice(0, 2), [404, '40403']);
  });

  it('tells, changes and resets the configuration of a topic', async () => {
    emulator.createTopic({ name: 'set' });
    const alter = (data: readonly unknown[]) =>
      ask(emulator, 'POST', `${base}/topics/set/configs:alter`, { data });
    assert.equal((await alter([{ name: 'cleanup.policy', value: 'compact' }])).status, 204);
    const path = `${base}/topics/set/configs/cleanup.policy`;
    const read = await ask(emulator, 'GET', path);
    assert.match(read.text, /"value":"compact","is_default":false/);
    assert.match(read.text, /"source":"DYNAMIC_TOPIC_CONFIG"/);
    assert.equal((await alter([{ name: 'cleanup.policy', operation: 'DELETE' }])).status, 204);
    assert.match((await ask(emulator, 'GET', path)).text, /"value":"delete","is_default":true/);
    assert.equal((await ask(emulator, 'PUT', path, { value: 'compact' })).status, 204);
    assert.equal((await ask(emulator, 'DELETE', path)).status, 204);
    assert.equal((await alter([{ name: 'retention.ms', value: 'week' }])).status, 400);
    assert.equal((await alter([{ name: 'retention.weeks', value: '1' }])).status, 404);
    assert.equal(emulator.properties('set').size, 0);
  });

  it('tells of groups, their members and their lag', async () => {
    const groups = await listed('/consumer-groups', 'consumer_group_id');
    assert.deepEqual(groups, ['billing', 'dashboard', 'log-shipper']);
    assert.deepEqual(await listed('/consumer-groups', 'state'), ['STABLE', 'EMPTY', 'STABLE']);
    const clients = await listed('/consumer-groups/billing/consumers', 'client_id');
    assert.deepEqual(clients, ['billing-1', 'billing-2']);
    assert.deepEqual(await listed('/consumer-groups/billing/lags', 'lag'), ['7', '14', '21']);
    const summary = await ask(emulator, 'GET', `${base}/consumer-groups/billing/lag-summary`);
    assert.match(summary.text, /"max_lag":21,"total_lag":42,/);
    assert.equal((await failure('GET', '/consumer-groups/none/lags'))[0], 404);
    emulator.join('idle', { id: 'm', clientId: 'c', host: '/h', partitions: [] });
    assert.deepEqual(await failure('GET', '/consumer-groups/idle/lags'), [
      404,
      '404',
      'Consumer group offsets could not be found.',
    ]);
  });

  describe('records', () => {
    const lines = async (topic: string, body: string): Promise<readonly unknown[]> => {
      const reply = await ask(emulator, 'POST', `${base}/topics/${topic}/records`, body);
      assert.equal(reply.status, 200);
      return reply.text
        .split('\r\n')
        .filter(Boolean)
        .map((line): unknown => JSON.parse(line));
    };
    const codes = async (topic: string, body: string): Promise<readonly string[]> =>
      (await lines(topic, body)).map((line) =>
        decodeJson(JSON.stringify(line), (each) => field(each, 'error_code', text)),
      );

    it('are taken one after the other, each with its own result', async () => {
      emulator.createTopic({ name: 'stream' });
      const request =
        '{"partition_id":0,"key":{"type":"BINARY","data":"/w=="},' +
        '"value":{"type":"JSON","data":{"n":9007199254740993}},' +
        '"headers":[{"name":"h","value":"AAE="},{"name":"n","value":null}],' +
        '"timestamp":"2023-11-14T22:13:20.123Z"}';
      const [first, second] = await lines('stream', `${request} {"value":null}`);
      assert.deepEqual(first, {
        error_code: 200,
        cluster_id: CLUSTER_ID,
        topic_name: 'stream',
        partition_id: 0,
        offset: 0,
        timestamp: '2023-11-14T22:13:20.123Z',
        key: { type: 'BINARY', size: 1 },
        value: { type: 'JSON', size: 22 },
      });
      assert.match(JSON.stringify(second), /"offset":1,/);
      const [stored, tombstone] = emulator.records('stream', 0);
      assert.match(stored ?? '', /"value":"\{\\"n\\":9007199254740993\}"/);
      assert.match(tombstone ?? '', /"key":null,"value":null/);
    });

    it('fail inside a response of 200', async () => {
      emulator.createTopic({ name: 'partly' });
      const good = '{"value":{"type":"STRING","data":"a } b"}}';
      const bad = '{"value":{"type":"BINARY","data":"?"}}';
      assert.deepEqual(await codes('partly', good + bad + good), ['200', '400', '200']);
      assert.deepEqual(await codes('partly', '{"partition_id":7,"value":null}'), ['40401']);
      assert.deepEqual(await codes('none', good), ['40401']);
      assert.deepEqual(await codes('partly', '{"value":{"data":"no type"}}'), ['422']);
      assert.deepEqual(await codes('partly', `${good}{"value":`), ['200', '400']);
    });

    it('come in batches of at most ten, with 207', async () => {
      emulator.createTopic({ name: 'batched' });
      const entries = (count: number) =>
        Array.from({ length: count }, (_, n) => ({
          id: `e${n}`,
          value: { type: 'BINARY', data: n === 1 ? '?' : 'YQ==' },
        }));
      const path = `${base}/topics/batched/records:batch`;
      const reply = await ask(emulator, 'POST', path, { entries: entries(3) });
      assert.equal(reply.status, 207);
      const ids = (list: string) =>
        decodeJson(reply.text, (body) =>
          field(body, list, (data) => array(data, (each) => field(each, 'id', string))),
        );
      assert.deepEqual([ids('successes'), ids('failures')], [['e0', 'e2'], ['e1']]);
      const many = await ask(emulator, 'POST', path, { entries: entries(11) });
      assert.equal(many.status, 422);
      assert.match(many.text, /Error: 42208 : Too many entries in batch\./);
    });
  });

  describe('switches', () => {
    it('leave v3 alone, below a path, without a list of clusters and offsets', async () => {
      const alone = await startFace({
        apis: 'v3',
        path: '/kafka',
        listsClusters: false,
        partitionOffsets: false,
      });
      try {
        assert.match(alone.info.endpoint, /\/kafka$/);
        assert.equal(alone.info.dialect, 'confluent');
        alone.createTopic({ name: 't' });
        assert.equal((await ask(alone, 'GET', '/v3/clusters')).status, 404);
        assert.equal((await ask(alone, 'GET', base)).status, 200);
        assert.equal((await ask(alone, 'GET', `${base}/topics/t/partitions/0`)).status, 200);
        assert.equal((await ask(alone, 'GET', `${base}/topics/t/partitions/0/offset`)).status, 404);
        assert.equal((await ask(alone, 'GET', '/topics')).status, 404);
      } finally {
        await alone.stop();
      }
    });

    it('leave v2 alone', async () => {
      const alone = await startFace({ apis: 'v2' });
      try {
        assert.equal((await ask(alone, 'GET', '/v3/clusters')).status, 404);
        assert.equal((await ask(alone, 'GET', '/topics')).status, 200);
      } finally {
        await alone.stop();
      }
    });
  });
});
