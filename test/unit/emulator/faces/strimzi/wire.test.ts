import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../../../../src/emulator/server';
import { readWireTranscript, replay, type WireExchange } from '../wireTranscript';

const FOLDER = join(import.meta.dirname, 'wire');
/** Polls wait this much less than they did when they were recorded. */
const FASTER = 20;

/** What is compared in another way, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'create topic RF 3': 'the emulator has three brokers',
  openapi: 'the description of the API is not served',
  'poll no timeout': 'the broker took longer than 100 ms that time',
  'poll both': 'the order of partitions is the broker’s',
};

const transcripts = ['0.33.1', '1.1.0'].map((version) => ({
  version,
  face: version === '0.33.1' ? ('strimzi-0.33' as const) : ('strimzi' as const),
  files: ['meta', 'produce', 'read', 'more', 'names'].map(
    (part) => `strimzi-${version}-${part}.txt`,
  ),
}));

describe('The face of Strimzi’s bridge responds as the real one did', () => {
  for (const { version, face, files } of transcripts) {
    describe(version, () => {
      let emulator: Emulator;
      before(async () => {
        emulator = await start(face);
        if (version === '1.1.0') for (const name of ['t1', 't3']) emulator.createTopic({ name });
      });
      after(() => emulator.stop());
      declare(files, () => emulator);
    });
  }

  describe('with other hosts, settings and resets', () => {
    let emulator: Emulator;
    before(async () => {
      emulator = await start('strimzi');
      emulator.createTopic({ name: 'perf', replicas: 1 });
      emulator.append(
        'perf',
        Array.from({ length: 100_000 }, () => ({ key: 'k90499', value: 'a'.repeat(1_000) })),
      );
      emulator.createTopic({ name: 'm1', partitions: 2, replicas: 1 });
      emulator.createTopic({ name: 'tx', replicas: 1 });
      emulator.transact('tx', values('c0', 'c1', 'c2'))('commit');
      emulator.transact('tx', values('ab0', 'ab1'))('abort');
      emulator.transact('tx', values('last0'))('commit');
    });
    after(() => emulator.stop());
    declare(['strimzi-0.33.1-idle-hosts.txt', 'strimzi-1.1.0-offset-reset.txt'], () => emulator);
  });

  describe('about a partition without a leader', () => {
    let emulator: Emulator;
    before(async () => {
      emulator = await start('strimzi');
      emulator.createTopic({ name: 'll', partitions: 2, replicas: 1, leaderless: [1] });
      emulator.append('ll', [{ value: 'a', partition: 0 }]);
    });
    after(() => emulator.stop());
    declare(['strimzi-1.1.0-leaderless.txt'], () => emulator);
  });
});

function values(...texts: readonly string[]) {
  return texts.map((value) => ({ value }));
}

async function start(face: 'strimzi' | 'strimzi-0.33'): Promise<Emulator> {
  const waits = { blockMs: 5, adminMs: 5, deliveryMs: 60_000 };
  return startEmulator({ face, waits, auth: 'none', tls: false, samples: false });
}

function declare(files: readonly string[], emulator: () => Emulator): void {
  const ids = new Map<string, string>();
  for (const file of files) {
    // The list of topics is recorded before these exist.
    if (file.includes('produce')) {
      it(`${file}: has its topics`, () => {
        for (const name of ['p1', 'p2', 'm1', 'm2']) {
          emulator().createTopic({ name, partitions: 3, replicas: 1 });
        }
      });
    }
    for (const exchange of readWireTranscript(join(FOLDER, file))) {
      const { name } = exchange;
      if (EXCEPTIONS[name] !== undefined || isIdle(exchange)) continue;
      // Once, the list did not come either, after a produce call to that partition.
      if (file.includes('leaderless') && name === 'topics') continue;
      const limitMs = exchange.status === 0 ? 100 : 5_000;
      it(`${file}: ${name}`, async () => {
        const got = await replay(emulator().info.endpoint, faster(exchange, ids), limitMs);
        const what = `${exchange.method} ${exchange.path} ${exchange.body ?? ''}`;
        assert.equal(got.status, exchange.status, `${what}\n${got.body.slice(0, 500)}`);
        if (exchange.status === 0) return;
        if (!exchange.isCut || exchange.contentType !== undefined) {
          assert.equal(got.contentType, exchange.contentType, what);
        }
        remember(exchange, got.body, ids);
        const isAnywhere =
          exchange.method === 'POST' && !/partition/.test(exchange.path + (exchange.body ?? ''));
        const [actual, expected] = [got.body, exchange.response].map((body) =>
          comparable(body, isAnywhere),
        );
        assert.ok(actual !== undefined && expected !== undefined);
        const end = exchange.isCut ? Math.max(0, expected.length - 30) : Infinity;
        assert.equal(actual.slice(0, end), expected.slice(0, end));
      });
    }
  }
}

/** Whether the response depends on a time without calls that the setting of that bridge allowed. */
function isIdle({ path, name }: WireExchange): boolean {
  return path.startsWith('/consumers/idle/instances/i') || name === 'assign idle';
}

function faster(exchange: WireExchange, ids: ReadonlyMap<string, string>): WireExchange {
  let { path } = exchange;
  for (const [then, now] of ids) path = path.replace(then, now);
  path = path.replace(/timeout=(\d{3,})/, (_, ms) => `timeout=${Number(ms) / FASTER}`);
  const body = largeBody(exchange) ?? exchange.body;
  const headers =
    body === undefined
      ? exchange.headers
      : { ...exchange.headers, 'content-length': String(Buffer.byteLength(body)) };
  return { ...exchange, path, body, headers };
}

/** Returns a body like the one that was too large for the transcript, if it was. */
function largeBody({ name }: WireExchange): string | undefined {
  const sizes = LARGE[name];
  if (!sizes) return undefined;
  const records = sizes.values.map((size) => ({
    value: Buffer.alloc(size, 'a').toString('base64'),
    partition: sizes.partition,
  }));
  return JSON.stringify({ records });
}

const LARGE: Readonly<
  Record<string, { readonly partition: number; readonly values: readonly number[] }>
> = {
  'binary: 1.1 MB record (> max.request.size) + small': { partition: 0, values: [1_100_000, 1] },
  'binary: 14 MB body': { partition: 2, values: Array.from({ length: 12 }, () => 900_000) },
  '1 MB value fits?': { partition: 1, values: [1_000_000] },
};

/** Remembers the name that stands for a random one of the transcript. */
function remember({ response }: WireExchange, body: string, ids: Map<string, string>): void {
  const idOf = (text: string): string | undefined =>
    /"instance_id":"([^"]+-[\da-f]{12})"/.exec(text)?.[1];
  const [then, now] = [idOf(response), idOf(body)];
  if (then !== undefined && now !== undefined) ids.set(then, now);
}

/** Replaces what differs from one run to the next: offsets, times, ids, ports and brokers. */
function comparable(body: string, isAnywhere: boolean): string {
  const sorted = /^\["[^{]*\]$/.test(body)
    ? JSON.stringify((JSON.parse(body) as string[]).sort())
    : body;
  return sorted
    .replace(isAnywhere ? /"partition":\d+,"offset":\d+/g : /$^/, '"partition":0,"offset":0')
    .replace(/"timestamp":\d+/g, '"timestamp":0')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:0')
    .replace(/after \d+ ms/g, 'after 0 ms')
    .replace(/"(leader|broker)":\d+/g, '"$1":1')
    .replace(/[\w-]+-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, 'UUID')
    .replace(/within \[-?\d+, \d+\]/g, 'within []');
}
