import assert from 'node:assert/strict';
import { StrimziProxy } from '../../../../../src/core/dialects/strimzi/proxy';
import { type HttpClient, openHttp } from '../../../../../src/core/http/client';
import { httpResponse } from '../../../../../src/core/http/exchange';
import { type Emulator, startEmulator } from '../../../../../src/emulator/server';

const TOPIC = 'orders';

describe('Offsets by time of Strimzi’s bridge', () => {
  let emulator: Emulator;
  let http: HttpClient;
  let proxy: StrimziProxy;

  beforeEach(async () => {
    emulator = await startEmulator({ face: 'strimzi', auth: 'none', tls: false, samples: false });
    emulator.createTopic({ name: TOPIC });
    http = openHttp({ requestTimeoutMs: 5_000 });
  });

  afterEach(async () => {
    await proxy.dispose();
    await emulator.stop();
  });

  function open(request: HttpClient['request'] = (asked) => http.request(asked)): StrimziProxy {
    const { endpoint } = emulator.info;
    const isolation = 'read_uncommitted';
    return (proxy = new StrimziProxy({ endpoint, http: { ...http, request } }, { isolation }));
  }

  it('are found among records of the last days', async () => {
    const now = Date.now();
    const times = [-90_000_000, -4_000_000, -3_000, -2_000, -1_000].map((ago) => now + ago);
    emulator.append(
      TOPIC,
      times.map((timestamp) => ({ value: 'v', timestamp })),
    );
    open();
    for (const [at, time] of times.entries()) {
      assert.equal(await proxy.offsetAtTime(TOPIC, 0, time), BigInt(at));
      assert.equal(await proxy.offsetAtTime(TOPIC, 0, time - 1), BigInt(at));
    }
    assert.equal(await proxy.offsetAtTime(TOPIC, 0, now), undefined);
  });

  for (const empty of [2, Infinity]) {
    it(`are not taken from ${empty} polls without records`, async () => {
      const now = Date.now();
      emulator.append(TOPIC, [
        { value: 'a', timestamp: now - 5_000 },
        { value: 'b', timestamp: now - 1_000 },
      ]);
      let [polls, isPlaced] = [0, false];
      // As of a partition that has no leader when it is asked about a time.
      const request: HttpClient['request'] = async (asked) => {
        const { pathname } = asked.url;
        const response = await http.request(asked);
        if (pathname.endsWith('/positions')) isPlaced = true;
        else if (pathname.endsWith('/assignments')) isPlaced = false;
        if (!pathname.endsWith('/records') || isPlaced || ++polls > empty) return response;
        return httpResponse(200, response.headers, Buffer.from('[]'));
      };
      const found = open(request).offsetAtTime(TOPIC, 0, now - 2_000);
      if (empty === 2) assert.equal(await found, 1n);
      else await assert.rejects(found, { kind: 'unavailable' });
    });
  }
});
