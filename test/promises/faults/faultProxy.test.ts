import assert from 'node:assert/strict';
import { once } from 'node:events';
import { KafkaError } from '../../../src/core/errors';
import { openHttp } from '../../../src/core/http/client';
import type { KafkaProxy } from '../../../src/core/kafka';
import { openProxy } from '../../../src/core/dialects/open';
import { type Emulator, startEmulator } from '../../../src/emulator/server';
import type { Fault, Plan, Target } from '../../support/faults/fault';
import { type FaultProxy, startFaultProxy } from '../../support/faults/faultProxy';
import * as faults from '../../support/faults/faults';
import { chaos, rules } from '../../support/faults/plans';

describe('fault proxy', () => {
  let emulator: Emulator;
  let between: FaultProxy;
  let proxy: KafkaProxy;

  before(async () => {
    emulator = await startEmulator({ auth: 'none', samples: false });
    between = await startFaultProxy(emulator);
  });

  after(async () => {
    await between.close();
    await emulator.stop();
  });

  beforeEach(() => {
    emulator.createTopic({ name: 'orders' });
    between.plan = () => undefined;
    const { endpoint, caFile } = between.info;
    assert.ok(caFile);
    proxy = openProxy({ endpoint, http: openHttp({ caFile, retries: 0, requestTimeoutMs: 1500 }) });
  });

  afterEach(async () => {
    await proxy.dispose();
    await between.until(() => between.connections === 0);
  });

  /** What became of one record: as the client has it, and whether it is in the log. */
  async function produce(plan: Plan): Promise<readonly [string, 'written' | 'not written']> {
    between.plan = plan;
    let outcome: string;
    try {
      const [result] = await proxy.produce('orders', [{ value: 'x'.repeat(100_000) }]);
      outcome = result?.status ?? '';
    } catch (error) {
      assert.ok(error instanceof KafkaError, String(error));
      outcome = error.kind;
    }
    return [outcome, emulator.records('orders', 0).length === 1 ? 'written' : 'not written'];
  }

  it('passes everything on, and keeps count of it', async () => {
    const seen = between.seen.length;
    assert.deepEqual(await produce(between.plan), ['accepted', 'written']);
    assert.deepEqual(await proxy.topics(), [{ name: 'orders' }]);
    const kinds = between.seen.slice(seen).map(({ target: { kind } }) => kind);
    assert.deepEqual(kinds, ['connection', 'produce', 'connection', 'metadata']);
  });

  const fates: readonly [Fault, string, 'written' | 'not written'][] = [
    [faults.resetAtConnect, 'connection', 'not written'],
    [faults.halfOpen, 'timeout', 'not written'],
    [faults.shows('expired'), 'tls', 'not written'],
    [faults.resetBeforeBody, 'unclear', 'not written'],
    [faults.resetInBody, 'unclear', 'not written'],
    [faults.resetAfterBody, 'unclear', 'not written'],
    [faults.responseLost, 'unclear', 'written'],
    [faults.resetInResponse, 'unclear', 'written'],
    [faults.truncated, 'unclear', 'written'],
    [faults.hangBefore, 'unclear', 'not written'],
    [faults.hangAfter, 'unclear', 'written'],
    [faults.hangInResponse, 'unclear', 'written'],
    [faults.drip('drip', 4, 1), 'accepted', 'written'],
    [faults.drip('endless drip', Infinity, 50), 'unclear', 'written'],
    [faults.throttled, 'throttled', 'not written'],
    [faults.unavailable, 'unclear', 'not written'],
  ];
  for (const [fault, outcome, written] of fates) {
    it(`${fault.name}: a write is ${outcome}, and ${written}`, async () => {
      assert.deepEqual(await produce(rules({ fault })), [outcome, written]);
    });
  }

  it('lets go of a connection that it is to reset when the client is already leaving', async () => {
    const left = new AbortController();
    between.plan = rules({
      fault: {
        name: 'reset late',
        act: async (exchange) => {
          const ended = once(exchange.request.socket, 'end');
          left.abort();
          await ended;
          exchange.breakOff();
        },
      },
    });
    await assert.rejects(proxy.topics({ signal: left.signal }));
    await between.until(() => between.connections === 0);
  });

  it('strikes the request that a rule is for, and so often', async () => {
    between.plan = rules({ fault: faults.forbidden, on: 'metadata', from: 2, times: 1 });
    const outcomes = [];
    for (let count = 0; count < 3; count++) {
      outcomes.push(
        await proxy
          .topics()
          .then(() => 'ok')
          .catch(() => 'failed'),
      );
      assert.equal((await produce(between.plan))[0], 'accepted');
    }
    assert.deepEqual(outcomes, ['ok', 'failed', 'ok']);
  });

  it('refuses connections, and takes them again at the same address', async () => {
    await between.refuse();
    await assert.rejects(proxy.topics(), /ECONNREFUSED/);
    await between.listen();
    assert.deepEqual(await proxy.topics(), [{ name: 'orders' }]);
  });

  it('leads the client to an address that does not resolve', () => {
    assert.ok('address' in faults.noSuchHost);
    const { endpoint } = faults.noSuchHost.address(between.info);
    assert.match(new URL(endpoint).hostname, /\.invalid$/);
  });

  it('makes the same faults from the same seed, and about as many as were asked for', () => {
    const target = (count: number): Target => {
      return { server: 'proxy', kind: 'consume', method: 'GET', path: '/', count };
    };
    const all = [faults.forbidden, faults.throttled, faults.resetAtConnect];
    const struck = (seed: number): readonly (string | undefined)[] => {
      const plan = chaos({ seed, faults: all, share: 0.3 });
      return Array.from({ length: 1000 }, (_, count) => plan(target(count))?.name);
    };
    assert.deepEqual(struck(7), struck(7));
    assert.notDeepEqual(struck(7), struck(8));
    const names = struck(7).filter((name) => name !== undefined);
    assert.ok(names.length > 250 && names.length < 350, String(names.length));
    assert.deepEqual(new Set(names), new Set(['403', '429']));
  });
});
