import assert from 'node:assert/strict';
import type { NewRecord } from '../../../../src/core/kafka';
import { partitionOfKey } from '../../../../src/core/produce/partitioner';
import type { BulkOptions } from '../../../../src/transfer/bulk/bulkOptions';
import type { BulkProducer } from '../../../../src/transfer/bulk/bulkProduce';
import { type EmulatedProxy, startEmulatedProxy } from '../../../support/emulatedProxy';
import { type Item, Kept, logged, numbered, producerOf, Source, span, turns } from './bulkSupport';

type Encode = NonNullable<BulkOptions<Item>['encode']>;

/** Encodes each item as `encode` says; what it says nothing of does not fit. */
function eachAs(encode: (record: NewRecord) => NewRecord | undefined): Encode {
  return (items) =>
    Promise.resolve(
      items.map((item): Item => {
        const record = item.kind === 'record' ? encode(item.record) : undefined;
        return record && item.kind === 'record'
          ? { ...item, record }
          : { kind: 'bad', line: item.line };
      }),
    );
}

describe('BulkProducer with an encoder', () => {
  let emulated: EmulatedProxy;
  let kept: Kept;
  let source: Source;

  before(async () => {
    emulated = await startEmulatedProxy({ tls: false });
  });
  after(() => emulated.close());
  beforeEach(() => {
    kept = new Kept();
  });

  function producer(
    encode: Encode,
    {
      partitions = 1,
      ...options
    }: { partitions?: number } & Partial<Omit<BulkOptions<Item>, 'partitions'>> = {},
    meddle?: Parameters<typeof producerOf>[3],
  ): BulkProducer<Item> {
    return producerOf(emulated, partitions, { keep: kept.keep, encode, ...options }, meddle);
  }

  function run(bulk: BulkProducer<Item>, items: readonly Item[]) {
    source = new Source(items);
    return bulk.run(source.open);
  }

  /** The records as they were read, before anything was encoded. */
  const asRead = (items: readonly Item[]) =>
    items.map((item) => item.kind === 'record' && item.record.value);

  it('sends what the encoder makes, in the order of the source', async () => {
    const negative = eachAs(({ value }) => ({ value: `-${String(value)}` }));
    const report = await run(producer(negative), numbered(95));
    assert.deepEqual([report.end.kind, report.accepted], ['done', 95]);
    assert.deepEqual(await logged(emulated.proxy, 't'), [span(1, 95).map((n) => -n)]);
  });

  it('puts a key into the partition of its encoded bytes', async () => {
    const encode = eachAs((record) => ({ ...record, key: `encoded ${String(record.key)}` }));
    const items = numbered(60, (n) => ({ key: `k${n % 7}` }));
    await run(producer(encode, { partitions: 3 }), items);
    const expected: number[][] = [[], [], []];
    for (const n of span(1, 60)) expected[partitionOfKey(`encoded k${n % 7}`, 3)]?.push(n);
    assert.deepEqual(await logged(emulated.proxy, 't'), expected);
  });

  it('treats what does not fit as any bad item, and keeps it as it was read', async () => {
    const odd = eachAs((record) => (Number(record.value) % 2 ? record : undefined));
    const aside = await run(producer(odd), numbered(30));
    assert.deepEqual([aside.end.kind, aside.accepted, aside.setAside], ['done', 15, 15]);
    assert.deepEqual(kept.lines.setAside.slice(0, 3), [2, 4, 6]);

    kept = new Kept();
    const small = eachAs((record) => (Number(record.value) < 25 ? record : undefined));
    const stopped = await run(producer(small, { onBad: 'stop' }), numbered(60));
    assert.deepEqual([stopped.end.kind, stopped.accepted, stopped.unsent], ['item', 24, 35]);
    assert.deepEqual(kept.lines.rest, span(25, 60));
  });

  it('encodes but a few calls ahead', async () => {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    let encoded = 0;
    const counting: Encode = (items) => {
      encoded += items.length;
      return Promise.resolve(items);
    };
    const running = run(
      producer(counting, {}, async (records, produce) => {
        await gate;
        return produce(records);
      }),
      numbered(1000),
    );
    await turns();
    // Two calls wait, one of which is under way.
    assert.equal(encoded, 20);
    open();
    assert.equal((await running).accepted, 1000);
    assert.equal(encoded, 1000);
  });

  it('ends where encoding fails, and keeps all that is left as it was read', async () => {
    const broken = new Error('no schema');
    let calls = 0;
    const encode: Encode = (items) => {
      calls += 1;
      if (calls === 4) return Promise.reject(broken);
      return Promise.resolve(items);
    };
    const report = await run(producer(encode), numbered(100));
    assert.deepEqual(report.end, { kind: 'encoding', error: broken });
    assert.deepEqual([report.accepted, report.unsent], [30, 70]);
    assert.equal(report.firstUnsent?.line, 31);
    assert.deepEqual(kept.lines, { rest: span(31, 100), unclear: [], setAside: [] });
    assert.deepEqual(asRead(kept.items.rest), span(31, 100).map(String));
    assert.equal(calls, 4);
  });

  it('keeps nothing of a source of which nothing was sent', async () => {
    const encode: Encode = () => Promise.reject(new Error('no schema'));
    const report = await run(producer(encode), numbered(100));
    assert.deepEqual([report.end.kind, report.accepted], ['encoding', 0]);
    assert.deepEqual([source.pulled, source.closed], [10, true]);
  });

  it('is told when the run is cancelled, and loses nothing of what it had begun', async () => {
    const cancel = new AbortController();
    let calls = 0;
    const encode: Encode = (items, stopped) => {
      calls += 1;
      if (calls < 3) return Promise.resolve(items);
      return new Promise((_, reject) => {
        stopped.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
        cancel.abort();
      });
    };
    const report = await run(producer(encode, { signal: cancel.signal }), numbered(50));
    assert.equal(report.end.kind, 'cancelled');
    assert.equal(report.accepted + kept.lines.rest.length, 50);
    assert.deepEqual(kept.lines.rest, span(report.accepted + 1, 50));
  });

  it('rests while the run is paused', async () => {
    let encoded = 0;
    const counting: Encode = (items) => {
      encoded += items.length;
      return Promise.resolve(items);
    };
    let calls = 0;
    const bulk: BulkProducer<Item> = producer(counting, {}, (records, produce) => {
      if (++calls === 3) bulk.pause();
      return produce(records);
    });
    const running = run(bulk, numbered(1000));
    while (bulk.progress.accepted < 30) await turns();
    await turns();
    assert.ok(encoded <= 50, String(encoded));
    bulk.resume();
    assert.equal((await running).accepted, 1000);
  });
});
