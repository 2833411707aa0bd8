import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../../../../src/emulator/server';
import { send } from '../../support';

const BINARY = 'application/vnd.kafka.binary.v2+json';
const JSON_V2 = 'application/vnd.kafka.json.v2+json';
const V2 = 'application/vnd.kafka.v2+json';

describe('The face of Redpanda’s HTTP proxy', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator({ face: 'redpanda', auth: 'none', tls: false, samples: false });
    emulator.createTopic({ name: 't', partitions: 3 });
  });
  after(() => emulator.stop());

  async function get(path: string, accept = BINARY) {
    const { status, text } = await send(`${emulator.info.endpoint}${path}`, null, {
      headers: { accept },
    });
    return [status, text];
  }

  async function post(topic: string, body: string, type = BINARY) {
    const { status, text } = await send(`${emulator.info.endpoint}/topics/${topic}`, null, {
      method: 'POST',
      headers: { 'content-type': type, accept: V2 },
      body,
    });
    return [status, text];
  }

  const read = (query: string, partition = 0) =>
    get(`/topics/t/partitions/${partition}/records?${query}`);

  it('lists topics without internal ones, and the ids of brokers', async () => {
    emulator.createTopic({ name: '__internal' });
    assert.deepEqual(await get('/topics', V2), [200, '["t"]']);
    assert.deepEqual(await get('/brokers', '*/*'), [200, '{"brokers":[1001,1002,1003]}']);
    assert.deepEqual(await get('/topics', 'text/html'), [
      406,
      '{"error_code":406,"message":"not_acceptable"}',
    ]);
  });

  it('has one result for each partition, with the offset of its first record', async () => {
    const records = ['dg==', 'dg==', 'dg=='].map((value) => ({ value, partition: 1 }));
    assert.deepEqual(await post('t', JSON.stringify({ records })), [
      200,
      '{"offsets":[{"partition":1,"offset":0}]}',
    ]);
    assert.deepEqual(await post('t', JSON.stringify({ records })), [
      200,
      '{"offsets":[{"partition":1,"offset":3}]}',
    ]);
  });

  it('refuses the whole batch of a partition that is too large, and no other', async () => {
    emulator.createTopic({
      name: 'small',
      partitions: 2,
      properties: { 'max.message.bytes': '200' },
    });
    const value = Buffer.alloc(40).toString('base64');
    const records = [0, 1, 0, 0, 0].map((partition) => ({ value, partition }));
    assert.deepEqual(await post('small', JSON.stringify({ records })), [
      200,
      '{"offsets":[{"partition":0,"error_code":10,"offset":-1},{"partition":1,"offset":0}]}',
    ]);
    assert.equal(emulator.records('small', 0).length, 0);
  });

  it('returns whole batches', async () => {
    const [, all] = await read('offset=2&timeout=0&max_bytes=1', 1);
    assert.deepEqual(offsetsIn(String(all)), [0, 1, 2]);
    const [, more] = await read('offset=2&timeout=0&max_bytes=1000', 1);
    assert.deepEqual(offsetsIn(String(more)), [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(await read('offset=6&timeout=0&max_bytes=1000', 1), [200, '[]']);
  });

  it('requires all parameters of a read', async () => {
    for (const [query, missing] of [
      ['timeout=0&max_bytes=1', 'offset'],
      ['offset=0&max_bytes=1', 'timeout'],
      ['offset=0&timeout=0', 'max_bytes'],
    ] as const) {
      assert.deepEqual(await read(query), [
        400,
        `{"error_code":40002,"message":"Missing mandatory parameter '${missing}'"}`,
      ]);
    }
  });

  it('names Kafka’s error for what is not there', async () => {
    assert.deepEqual(await read('offset=7&timeout=0&max_bytes=1', 1), [
      400,
      '{"error_code":40002,"message":"offset_out_of_range"}',
    ]);
    assert.deepEqual(await read('offset=0&timeout=0&max_bytes=1', 9), [
      404,
      '{"error_code":40402,"message":"unknown_topic_or_partition"}',
    ]);
    const body = '{"records":[{"value":"dg==","partition":0}]}';
    assert.deepEqual(await post('nope', body), [
      200,
      '{"offsets":[{"partition":0,"error_code":3,"offset":-1}]}',
    ]);
  });

  it('writes an empty key if there is none, and a tombstone without a value', async () => {
    await post('t', '{"records":[{"partition":2},{"key":"aw==","value":"","partition":2}]}');
    assert.deepEqual(
      emulator.stored('t', 2).map(({ key, value }) => [key && String(key), value && String(value)]),
      [
        ['', null],
        ['k', ''],
      ],
    );
    const [, text] = await read('offset=0&timeout=0&max_bytes=1', 2);
    const found: unknown = JSON.parse(String(text));
    assert.deepEqual(found, [
      { topic: 't', key: null, value: null, partition: 2, offset: 0 },
      { topic: 't', key: 'aw==', value: null, partition: 2, offset: 1 },
    ]);
  });

  it('refuses null, other members, other types and what is not Base64', async () => {
    for (const record of ['{"key":null}', '{"value":"###"}', '{"headers":[]}', '{"value":1}']) {
      const [status, text] = await post('t', `{"records":[${record}]}`);
      assert.equal(status, 422, record);
      assert.match(String(text), /^\{"error_code":422,/);
    }
    const [status] = await post('t', '{"records":[]}', 'application/json');
    assert.equal(status, 415);
  });

  it('fails to read as JSON what is none', async () => {
    emulator.createTopic({ name: 'mixed' });
    emulator.append('mixed', [{ value: '{"n":1}', partition: 0 }]);
    const query = 'timeout=0&max_bytes=1';
    const [, good] = await get(`/topics/mixed/partitions/0/records?offset=0&${query}`, JSON_V2);
    assert.match(String(good), /"value":\{"n":1\}/);
    emulator.append('mixed', [{ value: 'text', partition: 0 }]);
    assert.deepEqual(await get(`/topics/mixed/partitions/0/records?offset=1&${query}`, JSON_V2), [
      408,
      '{"error_code":40801,"message":"Unable to serialize value of record at offset 1 in topic:partition mixed:0"}',
    ]);
  });
});

function offsetsIn(json: string): readonly number[] {
  return [...json.matchAll(/"offset":(\d+)/g)].map(([, offset]) => Number(offset));
}
