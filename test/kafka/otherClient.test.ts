import assert from 'node:assert/strict';
import { OtherClient } from '../support/kafka/otherClient';
import { useKafka } from '../support/kafka/useKafka';

describe('the other client of the tests', () => {
  const kafka = useKafka();
  let client: OtherClient;

  before(async () => {
    client = await OtherClient.connect(kafka().bootstrap);
    await client.createTopic('orders', 2);
  });

  after(() => client.close());

  it('writes in and outside of transactions, drops and reads', async () => {
    const record = (partition: number, value: string) => ({ partition, key: null, value });
    await client.append('orders', [record(0, 'a'), record(1, 'b')]);
    await client.transaction('orders', [record(0, 'c'), record(0, 'd')], 'commit');
    await client.transaction('orders', [record(0, 'e')], 'abort');
    await client.append('orders', [record(0, 'f')]);
    const latest = await client.latest('orders');
    assert.deepEqual([latest.get(0), latest.get(1)], [7n, 1n]);
    await client.trim('orders', 0, 1n);
    const held = (await client.records('orders')).map(({ value }) => value?.toString());
    assert.deepEqual(held.toSorted(), ['b', 'c', 'd', 'f']);
  });
});
