import assert from 'node:assert/strict';
import { array, decodeJson, field, integer, text } from '../../../../../src/core/json/decode';
import type { Emulator } from '../../../../../src/emulator/server';
import { type Reply, send } from '../../support';
import { ask, startFace } from './face';

const V2 = 'application/vnd.kafka.v2+json';
const BINARY = 'application/vnd.kafka.binary.v2+json';

describe('consumer instances of the Confluent face', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startFace();
  });
  after(() => emulator.stop());

  let made = 0;
  const post = (path: string, body: unknown): Promise<Reply> =>
    ask(emulator, 'POST', path, body, V2);
  /** Makes an instance with settings, assigned to partition 0 of a topic and at an offset. */
  const consumer = async (
    topic: string,
    settings: Readonly<Record<string, unknown>> = {},
    offset = '0',
  ): Promise<string> => {
    const name = `i${(made += 1)}`;
    const base = `/consumers/g/instances/${name}`;
    const created = await post('/consumers/g', { name, format: 'binary', ...settings });
    assert.equal(created.status, 200, created.text);
    await post(`${base}/assignments`, { partitions: [{ topic, partition: 0 }] });
    const body = `{"offsets":[{"topic":"${topic}","partition":0,"offset":${offset}}]}`;
    assert.equal((await post(`${base}/positions`, body)).status, 204);
    return base;
  };
  const poll = (base: string, query = ''): Promise<Reply> =>
    send(`${emulator.info.endpoint}${base}/records${query}`, null, {
      headers: { Accept: BINARY },
    });
  const offsets = (reply: Reply): readonly bigint[] =>
    decodeJson(reply.text, (list) => array(list, (record) => field(record, 'offset', integer)));
  const code = ({ text: body, status }: Reply): readonly [number, string] => [
    status,
    decodeJson(body, (error) => field(error, 'error_code', text)),
  ];

  it('read bytes, with exact offsets and without timestamps', async () => {
    const first = 2n ** 53n + 1n;
    emulator.createTopic({ name: 'exact', firstOffset: first });
    emulator.append('exact', [{ key: null, value: Buffer.from([0xff]), partition: 0 }]);
    const base = await consumer('exact', { 'fetch.min.bytes': 1 }, first.toString());
    const reply = await poll(base, '?timeout=1');
    const place = '"partition":0,"offset":9007199254740993';
    assert.equal(reply.text, `[{"topic":"exact","key":null,"value":"/w==",${place}}]`);
    assert.equal(reply.headers['content-type'], BINARY);
  });

  it('respond with 30 records as soon as they have the least bytes', async () => {
    emulator.createTopic({ name: 'many' });
    emulator.append(
      'many',
      Array.from({ length: 100 }, () => ({ value: 'xx' })),
    );
    const some = await consumer('many', { 'fetch.min.bytes': 1 });
    assert.equal(offsets(await poll(some)).length, 30);
    const most = await consumer('many', { 'fetch.min.bytes': 150 });
    assert.equal(offsets(await poll(most)).length, 90);
  });

  it('take no longer than the instance allows, whatever is asked for', async () => {
    emulator.createTopic({ name: 'nothing' });
    const base = await consumer('nothing', { 'consumer.request.timeout.ms': 1 });
    assert.deepEqual(offsets(await poll(base, '?timeout=600000')), []);
  });

  it('never deliver a record of max_bytes or more', async () => {
    emulator.createTopic({ name: 'large' });
    emulator.append('large', [{ value: 'x'.repeat(100) }, { value: 'y' }]);
    const base = await consumer('large', { 'fetch.min.bytes': 1 });
    assert.deepEqual(offsets(await poll(base, '?max_bytes=100')), []);
    assert.deepEqual(offsets(await poll(base, '?max_bytes=100')), []);
    assert.deepEqual(offsets(await poll(base, '?max_bytes=102')), [0n, 1n]);
  });

  it('go to a time, and fail where no record is that late', async () => {
    emulator.createTopic({ name: 'timed' });
    emulator.append('timed', [
      { value: 'a', timestamp: 1000 },
      { value: 'b', timestamp: 2000 },
    ]);
    const base = await consumer('timed', { 'fetch.min.bytes': 1 });
    const seek = (timestamp: string) =>
      post(`${base}/positions`, { timestamps: [{ topic: 'timed', partition: 0, timestamp }] });
    assert.equal((await seek('1970-01-01T00:00:01.500Z')).status, 204);
    assert.deepEqual(offsets(await poll(base, '?timeout=1')), [1n]);
    assert.equal((await seek('1970-01-01T00:00:03Z')).status, 500);
  });

  it('fail at an offset out of range if nothing may be reset', async () => {
    emulator.createTopic({ name: 'short', firstOffset: 5n });
    const strict = await consumer('short', { 'auto.offset.reset': 'none' });
    const reply = await poll(strict, '?timeout=1');
    assert.deepEqual(code(reply), [500, '50002']);
    assert.match(
      reply.text,
      /"Fetch position FetchPosition\{offset=0, .+\}\} is out of range for partition short-0"/,
    );
    const unplaced = '/consumers/g/instances/unplaced';
    await post('/consumers/g', { name: 'unplaced', 'auto.offset.reset': 'none' });
    await post(`${unplaced}/assignments`, { partitions: [{ topic: 'short', partition: 0 }] });
    const undefinedOffset = await poll(unplaced, '?timeout=1');
    assert.deepEqual(code(undefinedOffset), [500, '50002']);
    assert.match(undefinedOffset.text, /"Undefined offset with no reset policy for .+short-0\]"/);
    assert.deepEqual(code(await post('/consumers/g', { 'auto.offset.reset': 'x' })), [
      422,
      '42204',
    ]);
    emulator.append('short', [{ value: 'xx' }]);
    const settings = { 'auto.offset.reset': 'earliest', 'fetch.min.bytes': 1 };
    assert.deepEqual(offsets(await poll(await consumer('short', settings))), [5n]);
  });

  it('have codes for what is unknown, taken, unassigned or of another format', async () => {
    emulator.createTopic({ name: 'coded' });
    const base = await consumer('coded');
    const name = base.slice(base.lastIndexOf('/') + 1);
    assert.deepEqual(code(await post('/consumers/g', { name })), [409, '40902']);
    const other = { offsets: [{ topic: 'coded', partition: 1, offset: 0 }] };
    assert.deepEqual(code(await post(`${base}/positions`, other)), [409, '40903']);
    const json = await send(`${emulator.info.endpoint}${base}/records`, null, {
      headers: { Accept: 'application/vnd.kafka.json.v2+json' },
    });
    assert.deepEqual(code(json), [406, '40601']);
    assert.equal((await ask(emulator, 'DELETE', base)).status, 204);
    assert.deepEqual(code(await poll(base)), [404, '40403']);
    assert.deepEqual(code(await post('/consumers/g', { 'fetch.min.bytes': 0 })), [422, '40001']);
  });
});
