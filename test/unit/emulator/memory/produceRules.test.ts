import assert from 'node:assert/strict';
import type { NewRecord } from '../../../../src/core/kafka';
import { Cluster } from '../../../../src/emulator/memory/cluster';
import { MemoryBackend } from '../../../../src/emulator/memory/memoryBackend';

describe('records for the cluster in memory', () => {
  const cluster = new Cluster({ maxMessageBytes: 1_048_588 });
  const backend = new MemoryBackend(cluster);
  let topics = 0;

  async function outcomes(
    properties: Readonly<Record<string, string>>,
    records: readonly NewRecord[],
  ): Promise<readonly string[]> {
    const name = `topic-${topics++}`;
    cluster.create({ name, properties });
    const results = await backend.produce(name, records);
    return results.map((result) =>
      'failure' in result ? result.failure.message.replaceAll(name, 'T') : 'written',
    );
  }

  // Kafka 4.3.1 was asked.
  const tooLarge =
    'The request included a message larger than the max message size the server will accept.';

  it('have the size that Kafka allows, to the byte', async () => {
    const sizes = [430, 431].map((size) => ({ value: 'x'.repeat(size) }));
    assert.deepEqual(await outcomes({ 'max.message.bytes': '500' }, sizes), ['written', tooLarge]);
    const large = [1_048_510, 1_048_520].map((size) => ({ value: 'x'.repeat(size) }));
    assert.deepEqual(await outcomes({}, large), ['written', tooLarge]);
  });

  it('need a key in a compacted topic, together with those that come with them', async () => {
    const records = [{ key: 'a', value: '1' }, { value: '2' }];
    const reason = 'Compacted topic cannot accept message without key in topic partition T-0';
    assert.deepEqual(await outcomes({ 'cleanup.policy': 'compact' }, records), [
      'One or more records have been rejected due to 1 record errors in total, and only showing ' +
        `the first three errors at most: [RecordError(batchIndex=1, message='${reason}')]`,
      reason,
    ]);
    assert.deepEqual(await outcomes({}, records), ['written', 'written']);
  });

  it('have the time of their arrival if the topic wants that', async () => {
    const properties = { 'message.timestamp.type': 'LogAppendTime' };
    cluster.create({ name: 'arrivals', properties });
    await backend.produce('arrivals', [{ value: '', timestamp: 5 }]);
    const limits = { maxRecords: 1, maxBytes: 100 };
    const [record] = (await backend.fetch('arrivals', 0, 0n, limits)).records;
    assert.equal(record?.timestampType, 'LogAppendTime');
    assert.ok((record.timestamp ?? 0) > 5);
  });
});
