import assert from 'node:assert/strict';
import { openProxy } from '../../../../src/core/dialects/open';
import { dialects } from '../../../../src/core/dialects/registry';
import { KafkaError } from '../../../../src/core/errors';
import { openHttp } from '../../../../src/core/http/client';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';

describe('a proxy of each dialect', () => {
  const endpoint = 'https://127.0.0.1:9';

  for (const { kind, capabilities } of dialects) {
    it(`can be opened: ${kind}`, async () => {
      const proxy = openProxy({ dialect: { kind }, endpoint, http: openHttp() });
      assert.equal(proxy.capabilities, capabilities);
      await proxy.dispose();
    });
  }

  it('cannot be opened in a dialect that is not there', () => {
    for (const kind of ['other', 'toString']) {
      assert.throws(
        () => openProxy({ dialect: { kind }, endpoint, http: openHttp() }),
        /no dialect/,
      );
    }
  });
});

describe('a failure', () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator({ auth: 'none', samples: false });
  });

  after(() => emulator.stop());

  it('names the dialect if the REST proxy responded, so that it can be explained', async () => {
    const { endpoint, caFile } = emulator.info;
    const proxy = openProxy({ endpoint, http: openHttp({ caFile: caFile ?? '' }) });
    await assert.rejects(proxy.partitions('nowhere'), {
      kind: 'not-found',
      dialect: 'hdinsight-v1',
    });
    await proxy.dispose();
  });

  it('names no dialect if another server responded', async () => {
    const proxy = openProxy({
      endpoint: emulator.info.endpoint,
      http: openHttp(),
      authorizer: {
        kind: 'other',
        origin: new URL(emulator.info.endpoint).origin,
        credentials: () => Promise.reject(new KafkaError('unavailable', { host: 'login' })),
      },
    });
    await assert.rejects(proxy.topics(), { kind: 'unavailable', dialect: undefined });
    await proxy.dispose();
  });
});
