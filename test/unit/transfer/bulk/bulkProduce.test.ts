import assert from 'node:assert/strict';
import { once } from 'node:events';
import { KafkaError } from '../../../../src/core/errors';
import type { KafkaProxy } from '../../../../src/core/kafka';
import type { BulkOptions } from '../../../../src/transfer/bulk/bulkOptions';
import { BulkProducer } from '../../../../src/transfer/bulk/bulkProduce';
import type { EmulatedProxy } from '../../../support/emulatedProxy';
import { startEmulatedProxy } from '../../../support/emulatedProxy';
import { meddledProxy } from '../../../support/proxies/meddledProxy';
import {
  type Item,
  Kept,
  logged,
  numbered,
  producerOf,
  sorted,
  Source,
  span,
  turns,
} from './bulkSupport';

describe('BulkProducer', () => {
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
    partitions: number,
    options: Partial<BulkOptions<Item>> = {},
    meddle?: Parameters<typeof producerOf>[3],
    limits?: Parameters<typeof producerOf>[4],
  ): BulkProducer<Item> {
    return producerOf(emulated, partitions, { keep: kept.keep, ...options }, meddle, limits);
  }

  function run(bulk: BulkProducer<Item>, items: readonly Item[]) {
    source = new Source(items);
    return bulk.run(source.open);
  }

  const log = (): Promise<number[][]> => logged(emulated.proxy, 't');
  const poison = new KafkaError('rejected', { status: 400, detail: 'not that one' });

  describe('order', () => {
    it('in a topic of one partition is that of the source, one call after the other', async () => {
      let underWay = 0;
      const bulk = producer(1, {}, async (records, produce) => {
        underWay++;
        assert.equal(underWay, 1);
        const results = await produce(records);
        underWay--;
        return results;
      });
      const report = await run(bulk, numbered(95));
      assert.deepEqual([report.end.kind, report.accepted], ['done', 95]);
      assert.deepEqual(await log(), [span(1, 95)]);
    });

    it('in each partition is that of the source, with several calls at once', async () => {
      let underWay = 0;
      let most = 0;
      const bulk = producer(5, { requests: 3 }, async (records, produce) => {
        underWay++;
        most = Math.max(most, underWay);
        const results = await produce(records);
        underWay--;
        return results;
      });
      const kinds = [() => ({}), (n: number) => ({ key: `k${n % 7}` })];
      const items = numbered(400, (n) => kinds[n % 3]?.(n) ?? { partition: n % 5 });
      await run(bulk, items);
      const logs = await log();
      assert.deepEqual(sorted(logs.flat()), span(1, 400));
      for (const lines of logs) assert.deepEqual(lines, sorted(lines));
      assert.equal(most, 3);
    });

    it('of one key is kept, and the proxy chooses the partition', async () => {
      const partitions = new Set<number | undefined>();
      const bulk = producer(3, {}, (records, produce) => {
        for (const { partition } of records) partitions.add(partition);
        return produce(records);
      });
      await run(
        bulk,
        numbered(100, (n) => ({ key: String(n % 2) })),
      );
      assert.deepEqual([...partitions], [undefined]);
      for (const lines of await log()) assert.deepEqual(lines, sorted(lines));
    });

    it('spreads records without key over the partitions, a call each', async () => {
      const calls: string[] = [];
      const bulk = producer(3, {}, (records, produce) => {
        calls.push([...new Set(records.map(({ partition }) => partition))].join());
        return produce(records);
      });
      await run(bulk, numbered(60));
      assert.deepEqual(calls.sort(), ['0', '0', '1', '1', '2', '2']);
    });
  });

  it('reads but a few calls ahead', async () => {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const bulk = producer(1, {}, async (records, produce) => {
      await gate;
      return produce(records);
    });
    source = new Source(numbered(1000));
    const running = bulk.run(source.open);
    await turns();
    // Two calls wait, and one is under way.
    assert.equal(source.pulled, 20);
    open();
    assert.equal((await running).accepted, 1000);
  });

  it('pauses after what is under way, and resumes', async () => {
    let calls = 0;
    const bulk: BulkProducer<Item> = producer(1, {}, (records, produce) => {
      if (++calls === 3) bulk.pause();
      return produce(records);
    });
    const running = run(bulk, numbered(100));
    while (bulk.progress.accepted < 30) await turns();
    await turns();
    assert.deepEqual([bulk.progress.state, bulk.progress.accepted], ['paused', 30]);
    bulk.resume();
    assert.equal((await running).accepted, 100);
    assert.deepEqual(await log(), [span(1, 100)]);
  });

  it('tries nothing again while it is paused', async () => {
    let calls = 0;
    const bulk: BulkProducer<Item> = producer(1, {}, (records, produce) => {
      if (++calls > 1) return produce(records);
      bulk.pause();
      throw new KafkaError('throttled');
    });
    const running = run(bulk, numbered(30));
    while (!bulk.progress.waiting) await turns();
    // By then the pause of a millisecond is over.
    await new Promise((resolve) => setTimeout(resolve, 2));
    await turns();
    assert.deepEqual([calls, bulk.progress.state], [1, 'paused']);
    bulk.resume();
    assert.equal((await running).accepted, 30);
  });

  it('ends when it is cancelled while it is paused and waits', async () => {
    const cancel = new AbortController();
    let calls = 0;
    const bulk: BulkProducer<Item> = producer(1, { signal: cancel.signal }, () => {
      calls++;
      bulk.pause();
      throw new KafkaError('throttled');
    });
    const running = run(bulk, numbered(30));
    while (!bulk.progress.waiting) await turns();
    cancel.abort();
    assert.equal((await running).end.kind, 'cancelled');
    assert.equal(calls, 1);
  });

  it('tells how far it is', async () => {
    const bulk = producer(1, { total: 40 });
    await run(bulk, [...numbered(20), { kind: 'bad', line: 21 }]);
    const { accepted, setAside, read, rate, bytes, secondsLeft } = bulk.progress;
    assert.deepEqual([accepted, setAside, read, rate], [20, 1, 21, 20]);
    assert.ok(bytes > 20 * 10);
    assert.equal(secondsLeft, 19 / 20);
  });

  describe('a bad item', () => {
    const items = (): Item[] =>
      numbered(60).map((item) => (item.line === 25 ? { kind: 'bad', line: 25 } : item));

    it('stops the run: what comes before is sent, nothing after it', async () => {
      const report = await run(producer(1, { onBad: 'stop' }), items());
      assert.deepEqual(report.end, { kind: 'item', reason: { kind: 'bad' } });
      assert.deepEqual([report.accepted, report.refused, report.unsent], [24, 1, 35]);
      assert.deepEqual(await log(), [span(1, 24)]);
      assert.deepEqual(kept.lines.rest, span(25, 60));
      assert.equal(report.examples.refused[0]?.item.line, 25);
      assert.equal(report.firstUnsent?.line, 26);
    });

    it('is set aside, and the run goes on', async () => {
      const report = await run(producer(1), items());
      assert.deepEqual([report.end.kind, report.accepted, report.setAside], ['done', 59, 1]);
      assert.deepEqual(kept.lines, { rest: [], unclear: [], setAside: [25] });
      assert.deepEqual(report.examples.setAside[0]?.reason, { kind: 'bad' });
    });

    it('is also what the proxy cannot carry, or a partition that there is not', async () => {
      const report = await run(producer(1), [
        { kind: 'record', line: 1, record: { value: null } },
        { kind: 'record', line: 2, record: { value: 'x', partition: 1 } },
        { kind: 'record', line: 3, record: { value: '3', partition: 0 } },
      ]);
      assert.deepEqual(
        report.examples.setAside.map(({ reason }) => reason),
        [
          { kind: 'unsupported', feature: 'tombstone' },
          { kind: 'no-partition', partition: 1 },
        ],
      );
      assert.deepEqual(await log(), [[3]]);
    });
  });

  describe('a record that is refused', () => {
    it('is found in the call that is refused for its sake', async () => {
      let calls = 0;
      const bulk = producer(1, {}, (records, produce) => {
        calls++;
        if (records.some(({ value }) => value === '7' || value === '28')) throw poison;
        return produce(records);
      });
      const report = await run(bulk, numbered(40));
      assert.deepEqual([report.end.kind, report.accepted, report.refused], ['done', 38, 2]);
      assert.deepEqual(kept.lines, { rest: [7, 28], unclear: [], setAside: [] });
      assert.deepEqual(report.examples.refused[0]?.reason, {
        kind: 'refused',
        detail: 'not that one',
      });
      assert.deepEqual(
        (await log())[0],
        span(1, 40).filter((n) => n !== 7 && n !== 28),
      );
      assert.ok(calls < 4 + 2 * 6, `${calls} calls`);
    });

    it('stops the run where that is asked for', async () => {
      const bulk = producer(1, { onBad: 'stop' }, (records, produce) => {
        if (records.some(({ value }) => value === '17')) throw poison;
        return produce(records);
      });
      const report = await run(bulk, numbered(40));
      assert.deepEqual(report.end, {
        kind: 'item',
        reason: { kind: 'refused', detail: 'not that one' },
      });
      assert.deepEqual(await log(), [span(1, 16)]);
      assert.deepEqual(kept.lines.rest, span(17, 40));
      assert.deepEqual([report.refused, report.unsent], [1, 23]);
    });

    it('fails alone where the proxy tells the fate of each', async () => {
      const bulk = producer(1, {}, async (records, produce) => {
        const good = records.filter(({ value }) => value !== '5');
        const results = await produce(good);
        return records.length === good.length
          ? results
          : records.map(({ value }) =>
              value === '5' ? { status: 'refused', detail: 'no' } : { status: 'accepted' },
            );
      });
      const report = await run(bulk, numbered(30));
      assert.deepEqual([report.accepted, report.refused, kept.lines.rest], [29, 1, [5]]);
    });

    it('ends the run once a hundred fail in a row', async () => {
      const bulk = producer(1, {}, (records) =>
        Promise.resolve(records.map(() => ({ status: 'refused', detail: 'no' }))),
      );
      const report = await run(bulk, numbered(500));
      assert.deepEqual([report.end.kind, report.refused], ['item', 100]);
    });

    it('is halved out of calls that are too large, and fails alone', async () => {
      const calls: number[] = [];
      const bulk = producer(
        1,
        {},
        (records, produce) => {
          calls.push(records.length);
          const large = records.length > 3 || records.some(({ value }) => value === '8');
          if (large) throw new KafkaError('too-large', { status: 413 });
          return produce(records);
        },
        { maxBatchRecords: 8 },
      );
      const report = await run(bulk, numbered(12));
      assert.deepEqual([report.accepted, report.refused, kept.lines.rest], [11, 1, [8]]);
      assert.equal(report.examples.refused[0]?.reason.kind, 'too-large');
      assert.deepEqual(calls.slice(0, 3), [8, 4, 2]);
    });
  });

  describe('a proxy that takes no calls', () => {
    const throttled = new KafkaError('throttled', { status: 429 });

    it('is waited for', async () => {
      const states = new Set<string>();
      let failures = 5;
      const bulk: BulkProducer<Item> = producer(1, {}, (records, produce) => {
        const { state, waiting } = bulk.progress;
        if (waiting) states.add(`${state} ${waiting.attempt} ${waiting.error.kind}`);
        if (failures-- > 0) throw throttled;
        return produce(records);
      });
      const report = await run(bulk, numbered(30));
      assert.deepEqual([report.end.kind, report.accepted], ['done', 30]);
      assert.deepEqual(
        [...states],
        [2, 3, 4, 5, 6].map((attempt) => `waiting ${attempt} throttled`),
      );
      assert.deepEqual(await log(), [span(1, 30)]);
    });

    it('ends the run after a time', async () => {
      let calls = 0;
      const bulk = producer(1, { retryBudgetMs: 20 }, (records, produce) => {
        if (++calls > 2) throw throttled;
        return produce(records);
      });
      const report = await run(bulk, numbered(50));
      assert.deepEqual(report.end, { kind: 'proxy', error: throttled });
      assert.deepEqual([report.accepted, report.refused, report.unsent], [20, 0, 30]);
      assert.deepEqual(kept.lines.rest, span(21, 50));
    });

    for (const kind of ['forbidden', 'closed'] as const) {
      it(`ends the run at once for what does not pass: ${kind}`, async () => {
        const error = new KafkaError(kind);
        const bulk = producer(1, {}, () => Promise.reject(error));
        const report = await run(bulk, numbered(500));
        assert.deepEqual(report.end, { kind: 'proxy', error });
        assert.equal(report.accepted, 0);
        assert.equal(report.unread, true, 'the source can be sent again as it is');
        assert.ok(source.closed && source.pulled < 100);
      });
    }
  });

  describe('an unclear outcome', () => {
    it('ends the run, and what else is under way comes to its end', async () => {
      let calls = 0;
      const bulk = producer(3, { requests: 2 }, async (records, produce) => {
        const results = await produce(records);
        return ++calls === 2
          ? records.map(() => ({ status: 'unclear', detail: 'cut off' }))
          : results;
      });
      const report = await run(
        bulk,
        numbered(300, (n) => ({ partition: n % 3 })),
      );
      assert.deepEqual(report.end, { kind: 'unclear', detail: 'cut off' });
      assert.deepEqual([report.unclear, report.unclearPartitions.length], [10, 1]);
      assert.deepEqual(
        sorted([...kept.lines.rest, ...(await log()).flat()]),
        span(1, 300),
        'unclear ones were written here',
      );
      assert.deepEqual(kept.lines.rest, sorted(kept.lines.rest));
      assert.equal(report.accepted + report.unclear + report.unsent, 300);
    });
  });

  describe('cancelled', () => {
    it('lets what is under way end, and keeps the rest', async () => {
      const cancel = new AbortController();
      let calls = 0;
      const bulk = producer(1, { signal: cancel.signal }, (records, produce) => {
        if (++calls === 2) cancel.abort();
        return produce(records);
      });
      const report = await run(bulk, numbered(50));
      assert.deepEqual([report.end.kind, report.accepted, report.unclear], ['cancelled', 20, 0]);
      assert.deepEqual(kept.lines.rest, span(21, 50));
      assert.deepEqual(await log(), [span(1, 20)]);
    });

    it('breaks off what does not end in time', async () => {
      const cancel = new AbortController();
      const bulk = producer(
        1,
        { signal: cancel.signal, graceMs: 5 },
        async (records, _, signal) => {
          cancel.abort();
          if (signal) await once(signal, 'abort');
          return records.map(() => ({ status: 'unclear', detail: 'broken off' }));
        },
      );
      const report = await run(bulk, numbered(50));
      assert.deepEqual([report.end.kind, report.unclear], ['cancelled', 10]);
      assert.deepEqual([kept.lines.unclear, kept.lines.rest], [span(1, 10), span(11, 50)]);
    });

    it('does not wait for the proxy any longer', async () => {
      const cancel = new AbortController();
      const options = { signal: cancel.signal, pauseMs: 60_000 };
      const bulk = producer(1, options, () => {
        setImmediate(() => {
          cancel.abort();
        });
        return Promise.reject(new KafkaError('connection'));
      });
      const report = await run(bulk, numbered(50));
      assert.deepEqual([report.end.kind, report.accepted], ['cancelled', 0]);
    });

    it('before it began sends nothing', async () => {
      const report = await run(producer(1, { signal: AbortSignal.abort() }), numbered(50));
      assert.deepEqual([report.end.kind, report.accepted, report.unread], ['cancelled', 0, true]);
      assert.deepEqual(await log(), [[]]);
      assert.ok(source.closed || source.pulled === 0);
    });

    it('while it is paused ends', async () => {
      const cancel = new AbortController();
      const bulk = producer(1, { signal: cancel.signal });
      bulk.pause();
      const running = run(bulk, numbered(50));
      await turns();
      cancel.abort();
      assert.equal((await running).end.kind, 'cancelled');
    });
  });

  it('leaves the rest to the source where that is asked for', async () => {
    const cancel = new AbortController();
    const bulk: BulkProducer<Item> = producer(1, { signal: cancel.signal }, (records, produce) => {
      cancel.abort();
      bulk.leaveRest();
      return produce(records);
    });
    const report = await run(bulk, numbered(500));
    assert.equal(report.unread, true);
    assert.deepEqual(kept.lines.rest, span(11, source.pulled));
    assert.ok(source.closed);
  });

  it('does not read on to keep what it is not to keep', async () => {
    const cancel = new AbortController();
    const options = { signal: cancel.signal, keepUnread: false };
    const bulk = producer(1, options, (records, produce) => {
      cancel.abort();
      return produce(records);
    });
    const report = await run(bulk, numbered(500));
    assert.deepEqual([report.accepted, report.unread], [10, true]);
    assert.deepEqual(kept.lines.rest, span(11, source.pulled));
    assert.ok(source.pulled < 100);
  });

  it('tells the source when it stops, which may break off then', async () => {
    const cancel = new AbortController();
    const bulk = producer(1, { signal: cancel.signal, keepUnread: false });
    const report = await bulk.run(async function* (stopped) {
      yield await Promise.resolve(numbered(10));
      setImmediate(() => {
        cancel.abort();
      });
      await once(stopped, 'abort');
      throw new Error('broken off');
    });
    assert.deepEqual([report.end.kind, report.unread], ['cancelled', true]);
    assert.equal(report.accepted + report.unsent, 10);
  });

  it('knows of more where the source fails after the run has stopped', async () => {
    const bulk = producer(1, {}, () => Promise.reject(new KafkaError('forbidden')));
    const report = await bulk.run(async function* (stopped) {
      yield await Promise.resolve(numbered(10));
      if (!stopped.aborted) await once(stopped, 'abort');
      throw new Error('unplugged');
    });
    assert.deepEqual([report.end.kind, report.unread], ['proxy', true]);
  });

  it('sends what it got of a source that fails', async () => {
    const broken = new Error('unplugged');
    const bulk = producer(1);
    const report = await bulk.run(async function* () {
      yield await Promise.resolve(numbered(15));
      throw broken;
    });
    assert.deepEqual(report.end, { kind: 'source', error: broken });
    assert.deepEqual([report.accepted, report.unread], [15, true]);
  });

  it('stops when it cannot keep what it must', async () => {
    const full = new Error('disk full');
    const bulk = producer(1, { keep: () => Promise.reject(full) });
    const bad: Item[] = span(1, 5).map((line) => ({ kind: 'bad', line }));
    const report = await run(bulk, [...numbered(5), ...bad, ...numbered(500)]);
    assert.deepEqual([report.end.kind, report.keepError], ['keep', full]);
    assert.ok(report.accepted < 500 && report.unread);
  });

  it('does not swallow a mistake of ours', async () => {
    const bulk = producer(1, {}, () => Promise.reject(new TypeError('bug')));
    await assert.rejects(run(bulk, numbered(50)), TypeError);
    assert.deepEqual(kept.lines.unclear, span(1, 10));
  });

  it('refuses a proxy that cannot produce', () => {
    const capabilities = { ...emulated.proxy.capabilities, produce: false } as const;
    const mute: KafkaProxy = {
      ...meddledProxy(emulated.proxy, () => Promise.resolve([])),
      capabilities,
    };
    const options = { topic: 't', partitions: [0], onBad: 'stop', keep: kept.keep } as const;
    assert.throws(() => new BulkProducer<Item>(mute, options), { kind: 'unsupported' });
  });
});
