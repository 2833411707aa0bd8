import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import { openHttp } from '../../../../src/core/http/client';
import type { KafkaProxy } from '../../../../src/core/kafka';
import { openProxy } from '../../../../src/core/dialects/open';
import { fails } from '../../../support/fails';
import { bounded } from '../../../support/proxies/bounded';

describe('the proxy of a read-only cluster', () => {
  const asked: string[] = [];
  let emulator: Emulator;
  let proxy: KafkaProxy;

  before(async () => {
    emulator = await startEmulator({
      auth: 'none',
      tls: false,
      onRequest: ({ method, path }) => asked.push(`${method} ${path}`),
    });
    proxy = openProxy({ endpoint: emulator.info.endpoint, http: openHttp(), readOnly: true });
  });

  after(async () => {
    await proxy.dispose();
    await emulator.stop();
  });

  it('refuses what writes before anything is sent', async () => {
    await fails(proxy.produce('orders', [{ value: 'x' }]), { kind: 'read-only' });
    await fails(proxy.createTopic({ name: 'new' }), { kind: 'read-only' });
    assert.deepEqual(asked, []);
  });

  it('reads as any other', async () => {
    assert.ok((await proxy.topics()).some(({ name }) => name === 'orders'));
    const [partition] = await proxy.partitions('orders');
    assert.ok(partition);
    const { id, earliest, latest } = bounded(partition);
    let count = 0;
    const range = { topic: 'orders', partition: id, from: earliest, until: latest };
    for await (const { records } of proxy.read(range)) count += records.length;
    assert.equal(BigInt(count), latest - earliest);
  });
});
