import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../../../../src/emulator/server';
import { readWireTranscript, replay, type WireExchange } from '../wireTranscript';

const FOLDER = join(import.meta.dirname, 'wire');
/** Polls wait this much less than they did when they were recorded. */
const FASTER = 20;

/** What is compared in another way, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'describe right after create': 'the emulator has other properties',
  describe: 'the emulator has other properties',
  'describe topic with a leaderless partition': 'the emulator has other properties',
  'topics Accept v2': 'the cluster had other topics',
  topics: 'the cluster had other topics',
  brokers: 'the emulator has three brokers',
};

describe('The face of Karapace responds as the real one did', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator({ face: 'karapace', auth: 'none', tls: false, samples: false });
    emulator.createTopic({ name: 'k1', partitions: 2, replicas: 1 });
    emulator.createTopic({ name: 'll', partitions: 2, replicas: 1, leaderless: [1] });
    emulator.append('ll', [{ value: 'a', partition: 0 }]);
  });
  after(() => emulator.stop());

  for (const part of ['meta-produce', 'read', 'leaderless']) {
    const file = `karapace-6.2.0-${part}.txt`;
    for (const exchange of readWireTranscript(join(FOLDER, file))) {
      const { name, method, path, status } = exchange;
      if (EXCEPTIONS[name] !== undefined) continue;
      it(`${part}: ${name}`, async () => {
        // The emulator's partitioner takes partitions in turn; the real one took the same again.
        if (name === 'partition null') emulator.append('ll', [{ value: 'in between' }]);
        const got = await replay(
          emulator.info.endpoint,
          faster(exchange),
          status === 0 ? 100 : 5_000,
        );
        const what = `${method} ${path} ${exchange.body?.slice(0, 200) ?? ''}`;
        assert.equal(got.status, status, `${what}\n${got.body.slice(0, 500)}`);
        if (status === 0) return;
        assert.equal(got.contentType, exchange.contentType, what);
        const [actual, expected] = [got.body, exchange.response].map(comparable);
        assert.ok(actual !== undefined && expected !== undefined);
        const end = exchange.isCut ? Math.max(0, expected.length - 30) : Infinity;
        assert.equal(actual.slice(0, end), expected.slice(0, end), what);
      });
    }
  }
});

function faster(exchange: WireExchange): WireExchange {
  const path = exchange.path.replace(
    /timeout=(\d{3,})/,
    (_, ms) => `timeout=${Number(ms) / FASTER}`,
  );
  const isLarge = exchange.body?.startsWith('@big.json') ?? false;
  const body = isLarge ? largeBody() : exchange.body;
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return { ...exchange, path, body, headers: { ...exchange.headers, ...length } };
}

/** Returns a body like the one that was too large for the transcript. */
function largeBody(): string {
  const value = Buffer.alloc(1_100_000, 'a').toString('base64');
  return JSON.stringify({
    records: [
      { value, partition: 0 },
      { value: 'YQ==', partition: 0 },
    ],
  });
}

/** Replaces what differs from one run to the next: times and brokers. */
function comparable(body: string): string {
  return body
    .replace(/"timestamp":\d+/g, '"timestamp":0')
    .replace(/"(leader|broker)":\d+/g, '"$1":1')
    .replace(/"broker":\d+/g, '"broker":1');
}
