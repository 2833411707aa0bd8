import assert from 'node:assert/strict';
import { openProxy } from '../../../../../src/core/dialects/open';
import { openHttp } from '../../../../../src/core/http/client';
import type { KafkaProxy, KafkaRecord } from '../../../../../src/core/kafka';
import { follow } from '../../../../../src/core/read/follow';
import { openReader, type ReadRequest } from '../../../../../src/core/read/reader';
import { type Emulator, startEmulator } from '../../../../../src/emulator/server';
import { BulkProducer } from '../../../../../src/transfer/bulk/bulkProduce';
import { fails } from '../../../../support/fails';

describe('The proxy of Redpanda', () => {
  let emulator: Emulator;
  let proxy: KafkaProxy;
  const requests: string[] = [];

  before(async () => {
    emulator = await startEmulator({
      face: 'redpanda',
      auth: 'none',
      tls: false,
      samples: false,
      onRequest: ({ path }) => requests.push(path),
    });
  });
  beforeEach(() => {
    const { endpoint } = emulator.info;
    proxy = openProxy({ endpoint, http: openHttp(), dialect: { kind: 'redpanda' } });
    requests.length = 0;
  });
  afterEach(() => proxy.dispose());
  after(() => emulator.stop());

  const values = (...texts: readonly string[]) => texts.map((value) => ({ value, partition: 0 }));
  const numbered = (count: number) => values(...Array.from({ length: count }, (_, n) => `${n}`));

  async function read(request: ReadRequest): Promise<readonly KafkaRecord[]> {
    const found: KafkaRecord[] = [];
    for await (const batch of await openReader(proxy, request)) found.push(...batch);
    return found;
  }
  const textsOf = (records: readonly KafkaRecord[]) => records.map(({ value }) => String(value));

  /** Makes a topic whose offsets cannot be guessed: 1,000,001 to 1,000,008. */
  function makeHidden(topic: string): void {
    emulator.createTopic({ name: topic, firstOffset: 1_000_001n });
    emulator.append(topic, numbered(8));
  }

  it('reads the newest records of all partitions', async () => {
    emulator.createTopic({ name: 'many', partitions: 6 });
    emulator.append('many', numbered(300));
    emulator.append('many', [{ value: 'other', partition: 5 }]);
    const newest = await read({ topic: 'many', from: { latestMinus: 2n }, newest: 3 });
    assert.deepEqual(textsOf(newest).sort(), ['298', '299', 'other']);
  });

  it('remembers partitions and offsets, so that the next look takes two requests each', async () => {
    emulator.createTopic({ name: 'looked', partitions: 3 });
    emulator.append('looked', numbered(50));
    const first = await proxy.partitions('looked');
    requests.length = 0;
    assert.deepEqual(await proxy.partitions('looked'), first);
    assert.equal(requests.length, 6);
    emulator.append('looked', numbered(7));
    const [grown] = await proxy.partitions('looked');
    assert.equal(grown?.latest, 57n);
  });

  it('writes all but the one record that is too large', async () => {
    emulator.createTopic({ name: 'small', properties: { 'max.message.bytes': '300' } });
    const records = numbered(40).map((each, n) =>
      n === 17 ? { ...each, value: 'x'.repeat(300) } : each,
    );
    const items = records.map((record) => ({ kind: 'record' as const, record }));
    const producer = new BulkProducer<(typeof items)[number]>(proxy, {
      ...{ topic: 'small', partitions: [0], onBad: 'setAside' },
      keep: () => Promise.resolve(),
    });
    // eslint-disable-next-line @typescript-eslint/require-await
    const { accepted, refused, examples } = await producer.run(async function* () {
      yield items;
    });
    assert.deepEqual([accepted, refused], [39, 1]);
    assert.deepEqual(
      examples.refused.map(({ item, reason }) => [item, reason.kind]),
      [[items[17], 'too-large']],
    );
  });

  it('follows a topic', async () => {
    emulator.createTopic({ name: 'followed' });
    emulator.append('followed', values('a'));
    const stop = new AbortController();
    const request: ReadRequest = { topic: 'followed', from: { at: 'earliest' } };
    const clock = { now: () => 0, wait: () => Promise.resolve() };
    const batches = follow(proxy, request, await openReader(proxy, request), {
      signal: stop.signal,
      clock,
    });
    const seen: string[] = [];
    await assert.rejects(async () => {
      for await (const batch of batches) {
        seen.push(...textsOf(batch));
        if (seen.length === 1) emulator.append('followed', values('b', 'c'));
        if (seen.length === 3) stop.abort();
      }
    });
    assert.deepEqual(seen, ['a', 'b', 'c']);
  });

  it('says that offsets are unknown where retention has removed the first ones', async () => {
    makeHidden('hidden');
    const [partition] = await proxy.partitions('hidden');
    assert.deepEqual(partition, { id: 0, replicas: [], isr: [] });
    for (const from of [{ at: 'earliest' }, { latestMinus: 5n }] as const) {
      await fails(read({ topic: 'hidden', from }), { kind: 'offsets-unknown', detail: '0' });
    }
    // They were guessed once, and not again at once.
    assert.ok(requests.length < 150, String(requests.length));
  });

  it('finds all offsets from one that is given, and remembers them', async () => {
    makeHidden('given');
    const from = { offset: 1_000_004n };
    assert.deepEqual(textsOf(await read({ topic: 'given', from })), ['3', '4', '5', '6', '7']);
    const all = await read({ topic: 'given', from: { at: 'earliest' } });
    assert.equal(all.length, 8);
  });

  it('finds the offsets from a record that it has written', async () => {
    makeHidden('written');
    assert.deepEqual(await proxy.produce('written', [{ value: 'mine' }]), [
      { status: 'accepted', partition: 0, offset: 1_000_009n },
    ]);
    const newest = await read({ topic: 'written', from: { latestMinus: 1n } });
    assert.deepEqual(textsOf(newest), ['mine']);
  });

  it('reads over the marks of transactions', async () => {
    emulator.createTopic({ name: 'marked' });
    emulator.transact('marked', values('a', 'b'))('commit');
    emulator.transact('marked', values('c'))('commit');
    emulator.append('marked', values('d'));
    emulator.transact('marked', values('e'))('commit');
    const records = await read({ topic: 'marked', from: { at: 'earliest' } });
    assert.deepEqual(textsOf(records), ['a', 'b', 'c', 'd', 'e']);
  });
});
