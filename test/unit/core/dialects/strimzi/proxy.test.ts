import assert from 'node:assert/strict';
import { type StrimziOptions, StrimziProxy } from '../../../../../src/core/dialects/strimzi/proxy';
import type { Leftovers } from '../../../../../src/core/dialects/dialect';
import { KafkaError } from '../../../../../src/core/errors';
import { openHttp } from '../../../../../src/core/http/client';
import type { NewRecord, RecordPage } from '../../../../../src/core/kafka';
import { type Emulator, startEmulator } from '../../../../../src/emulator/server';

const TOPIC = 'orders';

describe('Strimzi’s dialect', () => {
  let emulator: Emulator;
  let requests: string[] = [];
  let proxy: StrimziProxy;

  async function start(
    face: 'strimzi' | 'strimzi-0.33' = 'strimzi',
    { isolation = 'read_uncommitted', flavour = {} }: Partial<StrimziOptions> = {},
  ): Promise<void> {
    requests = [];
    const waits = { blockMs: 5, adminMs: 60_000, deliveryMs: 60_000 };
    emulator = await startEmulator({
      face,
      waits,
      auth: 'none',
      tls: false,
      samples: false,
      onRequest: ({ method, path }) => requests.push(`${method} ${path}`),
    });
    proxy = open({ isolation, flavour });
  }

  function open(
    options: StrimziOptions = { isolation: 'read_uncommitted' },
    leftovers?: Leftovers,
  ): StrimziProxy {
    const { endpoint } = emulator.info;
    const http = openHttp({ requestTimeoutMs: 5_000 });
    return new StrimziProxy({ endpoint, http, ...(leftovers && { leftovers }) }, options);
  }

  afterEach(async () => {
    await proxy.dispose();
    await emulator.stop();
  });

  async function pages(until: bigint, from = 0n): Promise<readonly RecordPage[]> {
    const read: RecordPage[] = [];
    const range = { topic: TOPIC, partition: 0, from, until };
    for await (const page of proxy.read(range, { ahead: 2 })) read.push(page);
    return read;
  }

  async function offsets(until: bigint, from = 0n): Promise<readonly bigint[]> {
    return (await pages(until, from)).flatMap(({ records }) => records.map(({ offset }) => offset));
  }

  const make = (...records: readonly NewRecord[]): void => {
    emulator.createTopic({ name: TOPIC });
    emulator.append(TOPIC, records);
  };

  it('shows the records of aborted transactions unless it is told not to', async () => {
    for (const [isolation, expected] of [
      ['read_uncommitted', [0n, 2n, 4n]],
      ['read_committed', [0n, 4n]],
    ] as const) {
      await start('strimzi', { isolation });
      make();
      emulator.transact(TOPIC, [{ value: 'a' }])('commit');
      emulator.transact(TOPIC, [{ value: 'b' }])('abort');
      emulator.transact(TOPIC, [{ value: 'c' }])('commit');
      assert.deepEqual(await offsets(6n), expected);
      if (isolation === 'read_committed') continue;
      await proxy.dispose();
      await emulator.stop();
    }
  });

  it('reads no further than the first open transaction if only committed records count', async () => {
    await start('strimzi', { isolation: 'read_committed' });
    make({ value: 'a' });
    const end = emulator.transact(TOPIC, [{ value: 'b' }]);
    emulator.append(TOPIC, [{ value: 'c' }]);
    assert.deepEqual(await offsets(3n), [0n]);
    end('commit');
    assert.deepEqual(await offsets(4n), [0n, 1n, 2n]);
  });

  it('skips what an old bridge never sends, and says so', async () => {
    await start('strimzi-0.33', { flavour: { marginMs: 100, silentMs: 50, emptyPollMs: [20] } });
    const broken = { value: 'x', headers: [{ name: 'h', value: null }] };
    make({ value: 'a' }, { value: 'b' }, broken, { value: 'd' }, { value: 'e' });
    const read = await pages(5n);
    assert.deepEqual(
      read.flatMap(({ skipped }) => skipped ?? []),
      [{ from: 0n, to: 3n, reason: 'unreadable' }],
    );
    assert.deepEqual(
      read.flatMap(({ records }) => records.map(({ offset }) => offset)),
      [3n, 4n],
    );
  });

  it('ends with a timeout when it asks about a partition without a leader', async () => {
    await start();
    emulator.createTopic({ name: TOPIC, partitions: 2, leaderless: [1] });
    const http = openHttp({ requestTimeoutMs: 100, retries: 0 });
    const impatient = new StrimziProxy(
      { endpoint: emulator.info.endpoint, http },
      { isolation: 'read_uncommitted' },
    );
    await assert.rejects(impatient.partitions(TOPIC), { kind: 'timeout' });
    assert.equal((await proxy.partition(TOPIC, 0)).id, 0);
    await impatient.dispose();
  });

  it('reports what retention deleted in the middle of a read', async () => {
    await start();
    make(...Array.from({ length: 1_200 }, (_, n) => ({ value: String(n) })));
    const read: RecordPage[] = [];
    const range = { topic: TOPIC, partition: 0, from: 0n, until: 1_200n };
    for await (const page of proxy.read(range)) {
      if (read.length === 0) emulator.trim(TOPIC, 0, 1_100n);
      read.push(page);
    }
    assert.deepEqual(
      read.flatMap(({ skipped }) => skipped ?? []),
      [{ from: 500n, to: 1_100n, reason: 'retention' }],
    );
  });

  it('continues in a new instance when the bridge has forgotten its own', async () => {
    await start();
    make(...Array.from({ length: 1_200 }, (_, n) => ({ value: String(n) })));
    const seen: bigint[] = [];
    const range = { topic: TOPIC, partition: 0, from: 0n, until: 1_200n };
    for await (const { records } of proxy.read(range)) {
      seen.push(...records.map(({ offset }) => offset));
      for (const name of emulator.instances()) {
        const [group = '', instance = ''] = name.split('/');
        const path = `/consumers/${group}/instances/${instance}`;
        await fetch(emulator.info.endpoint + path, { method: 'DELETE' });
      }
    }
    assert.deepEqual(
      seen,
      Array.from({ length: 1_200 }, (_, n) => BigInt(n)),
    );
  });

  it('reads on behind the last offset without an error, if the topic was made again', async () => {
    await start();
    make({ value: 'a' });
    assert.deepEqual(
      (await pages(10n, 5n)).flatMap(({ skipped }) => skipped ?? []),
      [{ from: 5n, to: 10n, reason: 'empty' }],
    );
  });

  it('never sends max_bytes, and always a timeout', async () => {
    await start();
    make({ value: 'a' });
    await offsets(1n);
    const polls = requests.filter((each) => each.includes('/records'));
    assert.ok(polls.length > 0);
    for (const poll of polls) assert.match(poll, /\?timeout=\d+$/);
  });

  it('refuses headers without a value before it sends anything', async () => {
    await start();
    make();
    for (const value of [null, new Uint8Array()]) {
      const record = { value: 'v', headers: [{ name: 'h', value }] };
      await assert.rejects(proxy.produce(TOPIC, [record]), { kind: 'unsupported' });
    }
    assert.deepEqual(requests, []);
  });

  it('tells what was written from what was refused', async () => {
    await start();
    make();
    const records = [{ value: 'a' }, { value: 'b'.repeat(1_100_000) }, { value: 'c' }];
    const [first, large, last] = await proxy.produce(
      TOPIC,
      records.map((each) => ({ ...each, partition: 0 })),
    );
    assert.deepEqual(first, { status: 'accepted', partition: 0, offset: 0n });
    assert.equal(large?.status, 'refused');
    assert.ok('isTooLarge' in large && large.isTooLarge);
    assert.deepEqual(last, { status: 'accepted', partition: 0, offset: 1n });
    const later = [{ value: 'd', partition: 0, timestamp: Date.now() + 10 * 3_600_000 }];
    assert.deepEqual(
      (await proxy.produce(TOPIC, later)).map(({ status }) => status),
      ['refused'],
    );
  });

  it('asks once whether there is a topic to write to', async () => {
    await start();
    make();
    const before = proxy.produce('unknown', [{ value: 'a' }]);
    await assert.rejects(before, { kind: 'not-found', status: 404 });
    await proxy.produce(TOPIC, [{ value: 'a' }]);
    await proxy.produce(TOPIC, [{ value: 'b' }, { value: 'c', partition: 0 }]);
    assert.deepEqual(requests, [
      'GET /topics/unknown/partitions',
      `GET /topics/${TOPIC}/partitions`,
      `POST /topics/${TOPIC}`,
      `POST /topics/${TOPIC}`,
    ]);
  });

  it('keeps records back whose partition there is not, and asks again the next time', async () => {
    await start();
    make();
    const records = [1, 0, 2].map((partition) => ({ value: 'a', partition }));
    for (const offset of [0n, 1n]) {
      const [before, good, after] = await proxy.produce(TOPIC, records);
      assert.deepEqual(good, { status: 'accepted', partition: 0, offset });
      assert.deepEqual([before?.status, after?.status], ['refused', 'refused']);
    }
    assert.deepEqual(await proxy.produce(TOPIC, records.slice(2)), [
      { status: 'refused', detail: 'no partition 2' },
    ]);
    const names = requests.map((each) => each.slice(0, 4).trim());
    assert.deepEqual(names, ['GET', 'POST', 'GET', 'POST', 'GET']);
  });

  it('writes all the same if the bridge does not tell the partitions', async () => {
    await start();
    emulator.createTopic({ name: TOPIC, partitions: 2, leaderless: [1] });
    const [result] = await proxy.produce(TOPIC, [{ value: 'a', partition: 0 }]);
    assert.equal(result?.status, 'accepted');
  });

  it('does not ask about names that Kafka does not allow', async () => {
    await start('strimzi-0.33');
    for (const name of ['a/b', 'x'.repeat(250), 'ä']) {
      await assert.rejects(proxy.partition(name, 0), { kind: 'rejected', detail: 'invalid name' });
    }
    assert.deepEqual(requests, []);
  });

  it('keeps an instance until its fetch has ended, unless it is disposed of', async () => {
    await start();
    make({ value: 'a' });
    await offsets(1n);
    assert.equal(emulator.instances().length, 1);
    await offsets(1n);
    await proxy.dispose();
    assert.deepEqual(emulator.instances(), []);
  });

  it('removes what an earlier run left', async () => {
    await start();
    make({ value: 'a' });
    const notes = new Set<string>();
    const leftovers: Leftovers = {
      add: (name) => Promise.resolve(void notes.add(name)),
      remove: (name) => Promise.resolve(void notes.delete(name)),
      found: () => Promise.resolve([]),
    };
    // A run that crashes while it reads: nothing removes its instance.
    const crashed = open({ isolation: 'read_uncommitted' }, leftovers);
    const range = { topic: TOPIC, partition: 0, from: 0n, until: 5n };
    const reading = crashed.read(range)[Symbol.asyncIterator]();
    await reading.next();
    assert.equal(notes.size, 1);
    assert.equal(emulator.instances().length, 1);
    const later = open(
      { isolation: 'read_uncommitted' },
      { ...leftovers, found: () => Promise.resolve([...notes]) },
    );
    await later.topics();
    await later.dispose();
    assert.deepEqual([emulator.instances(), [...notes]], [[], []]);
    await crashed.dispose();
  });

  it('refuses properties of a new topic, which the bridge does not take', async () => {
    await start();
    const topic = { name: TOPIC, properties: { 'retention.ms': '1' } };
    await assert.rejects(proxy.createTopic(topic), (error) => error instanceof KafkaError);
    assert.deepEqual(requests, []);
  });
});
