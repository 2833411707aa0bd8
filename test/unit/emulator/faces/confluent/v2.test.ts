import assert from 'node:assert/strict';
import type { Emulator } from '../../../../../src/emulator/server';
import { ask, parsed, startFace } from './face';

const BINARY = 'application/vnd.kafka.binary.v2+json';

describe('API v2 of the Confluent face', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startFace();
  });
  after(() => emulator.stop());

  it('lists topics and brokers by name and id', async () => {
    emulator.createTopic({ name: 'listed' });
    const topics = await ask(emulator, 'GET', '/topics');
    assert.equal(topics.headers['content-type'], 'application/vnd.kafka.v2+json');
    assert.match(topics.text, /"listed"/);
    const brokers = await ask(emulator, 'GET', '/brokers');
    assert.deepEqual(parsed(brokers), { brokers: [1001, 1002, 1003] });
  });

  it('describes a topic in one call, and the offsets of a partition', async () => {
    emulator.createTopic({
      name: 'described',
      replicas: 2,
      shortOfReplica: [0],
      firstOffset: 2n ** 60n + 1n,
    });
    const { text } = await ask(emulator, 'GET', '/topics/described');
    assert.match(text, /"retention.ms":"604800000"/);
    assert.match(
      text,
      /"partitions":\[\{"partition":0,"leader":1001,"replicas":\[\{"broker":1001,"leader":true,"in_sync":true\},\{"broker":1002,"leader":false,"in_sync":false\}\]\}\]/,
    );
    const ends = await ask(emulator, 'GET', '/topics/described/partitions/0/offsets');
    const end = '1152921504606846977';
    assert.equal(ends.text, `{"beginning_offset":${end},"end_offset":${end}}`);
  });

  it('tells an unknown topic from an unknown partition', async () => {
    emulator.createTopic({ name: 'one' });
    const topic = await ask(emulator, 'GET', '/topics/none/partitions');
    assert.deepEqual(parsed(topic), { error_code: 40401, message: 'Topic not found.' });
    const partition = await ask(emulator, 'GET', '/topics/one/partitions/1/offsets');
    assert.deepEqual(parsed(partition), { error_code: 40402, message: 'Partition not found.' });
  });

  it('produces bytes, JSON and nulls, with a result for each record', async () => {
    emulator.createTopic({ name: 'produced', partitions: 2 });
    const body =
      '{"records":[{"key":"aw==","value":"dg==","partition":1},{"value":null,"partition":9}]}';
    const reply = await ask(emulator, 'POST', '/topics/produced', body, BINARY);
    assert.equal(reply.status, 200);
    assert.match(
      reply.text,
      /^\{"offsets":\[\{"partition":1,"offset":0,"error_code":null,"error":null\},\{"partition":null,"offset":null,"error_code":50003,"error":"Partition 9 of topic produced/,
    );
    const json = '{"records":[{"value":{"n":9007199254740993}}]}';
    const type = 'application/vnd.kafka.json.v2+json';
    await ask(emulator, 'POST', '/topics/produced/partitions/0', json, type);
    assert.match(emulator.records('produced', 0).join(''), /9007199254740993/);
  });

  it('refuses bodies in another form', async () => {
    const refused = await ask(emulator, 'POST', '/topics/any', '{"records":[]}', 'text/plain');
    assert.equal(refused.status, 415);
    const empty = await ask(emulator, 'POST', '/topics/any', '{"records":[]}', BINARY);
    assert.equal(empty.status, 422);
  });
});
