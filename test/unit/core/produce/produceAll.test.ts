import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { KafkaError, type KafkaErrorKind } from '../../../../src/core/errors';
import type { KafkaProxy, NewRecord, ProduceResult } from '../../../../src/core/kafka';
import {
  canSendRest,
  produceAll,
  type ProduceOptions,
  type ProduceOutcome,
  restOf,
} from '../../../../src/core/produce/produceAll';
import { checkedFor } from '../../../support/checked';
import type { EmulatedProxy } from '../../../support/emulatedProxy';
import { startEmulatedProxy } from '../../../support/emulatedProxy';
import { meddledProxy } from '../../../support/proxies/meddledProxy';
import { bounded } from '../../../support/proxies/bounded';

const all = (start: number, end: number) => ({
  count: end - start,
  ranges: start === end ? [] : [{ start, end }],
});

function numbered(count: number): NewRecord[] {
  return Array.from({ length: count }, (_, n) => ({ value: String(n), partition: 0 }));
}

/** Sends records that the proxy can carry. */
function produce(
  proxy: KafkaProxy,
  records: readonly NewRecord[],
  options?: ProduceOptions,
): Promise<ProduceOutcome> {
  return produceAll(proxy, 't', checkedFor(proxy, records), options);
}

describe('produceAll', () => {
  let emulated: EmulatedProxy;
  let proxy: KafkaProxy;
  /** How many records each call to the proxy had. */
  let calls: number[];

  beforeEach(async () => {
    emulated = await startEmulatedProxy();
    emulated.emulator.createTopic({ name: 't' });
    calls = [];
    proxy = watched(emulated.proxy, (records, produce) => produce(records));
  });
  afterEach(() => emulated.close());

  /** The same proxy, with something in the way of `produce`; counts the calls. */
  function watched(
    real: KafkaProxy,
    meddle: Parameters<typeof meddledProxy>[1],
    limits?: Parameters<typeof meddledProxy>[2],
  ): KafkaProxy {
    return meddledProxy(
      real,
      (records, produce, signal) => {
        calls.push(records.length);
        return meddle(records, produce, signal);
      },
      limits,
    );
  }

  async function written(): Promise<(string | null)[]> {
    const { latest } = bounded(await emulated.proxy.partition('t', 0));
    const values: (string | null)[] = [];
    for await (const { records } of emulated.proxy.read({
      topic: 't',
      partition: 0,
      from: 0n,
      until: latest,
    })) {
      for (const { value } of records) values.push(value === null ? null : value.toString());
    }
    return values;
  }

  it('sends nothing for no records', async () => {
    const outcome = await produce(proxy, []);
    assert.deepEqual(outcome, {
      accepted: all(0, 0),
      refused: all(0, 0),
      unclear: all(0, 0),
      unsent: all(0, 0),
      results: [],
      aborted: false,
    });
    assert.deepEqual(calls, []);
  });

  it('sends at most 1,000 records a call, in order, and tells how far it is', async () => {
    const progress: number[] = [];
    const { accepted, unsent, error } = await produce(proxy, numbered(2500), {
      onProgress: ({ accepted, total }) => progress.push(accepted / total),
    });
    assert.deepEqual([accepted, unsent, error], [all(0, 2500), all(0, 0), undefined]);
    assert.deepEqual(calls, [1000, 1000, 500]);
    assert.deepEqual(progress, [0.4, 0.8, 1]);
    assert.deepEqual(
      await written(),
      numbered(2500).map(({ value }) => value),
    );
  });

  it('sends in one lane: in order whatever the partitions are, one call after the other', async () => {
    let underWay = 0;
    const sent: unknown[] = [];
    const watching = watched(
      emulated.proxy,
      async (records) => {
        assert.equal(underWay++, 0);
        sent.push(...records);
        await Promise.resolve();
        underWay--;
        return records.map(() => ({ status: 'accepted' }));
      },
      { maxBatchRecords: 3 },
    );
    const records = Array.from({ length: 10 }, (_, n) => ({
      value: String(n),
      ...(n % 3 === 0 ? { key: `k${n}` } : n % 3 === 1 ? { partition: n } : {}),
    }));
    const { accepted } = await produce(watching, records);
    assert.deepEqual([accepted, sent], [all(0, 10), records]);
    assert.deepEqual(calls, [3, 3, 3, 1]);
  });

  it('tries nothing again', async () => {
    const throttled = new KafkaError('throttled', { status: 429, detail: 'later' });
    const busy = watched(emulated.proxy, () => Promise.reject(throttled));
    const { refused, error } = await produce(busy, numbered(2));
    assert.deepEqual([refused, error, calls], [all(0, 2), throttled, [2]]);
  });

  it('keeps each body below the limit of bytes, escapes and UTF-8 counted', async () => {
    for (const [value, least] of [
      ['x'.repeat(100_000), 10],
      ['"'.repeat(100_000), 5],
      ['é'.repeat(100_000), 5],
      ['\u0001'.repeat(100_000), 1],
    ] as const) {
      calls = [];
      const { accepted } = await produce(proxy, Array<NewRecord>(12).fill({ value }));
      assert.equal(accepted.count, 12);
      const [first = 0] = calls;
      const bytes = first * Buffer.byteLength(JSON.stringify({ value }));
      assert.ok(first >= least && bytes < 1024 * 1024, `${first} records, ${bytes} bytes`);
    }
  });

  it('sends a record above the limit alone', async () => {
    const value = 'x'.repeat(2 * 1024 * 1024);
    const { accepted } = await produce(proxy, [{ value: 'a' }, { value }, { value: 'b' }]);
    assert.deepEqual(accepted, all(0, 3));
    assert.deepEqual(calls, [1, 1, 1]);
  });

  /** A proxy whose gateway takes no more than so many bytes of values. */
  function narrow(limit: number): KafkaProxy {
    return watched(emulated.proxy, (records, produce) => {
      const bytes = records.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
      if (bytes > limit) throw new KafkaError('too-large', { status: 413, detail: 'too much' });
      return produce(records);
    });
  }

  it('halves a batch that is too large, and keeps to what went through', async () => {
    const records = Array.from({ length: 64 }, (_, n) => ({
      value: `${n} `.padEnd(1000),
      partition: 0,
    }));
    const { accepted } = await produce(narrow(20_000), records);
    assert.deepEqual(accepted, all(0, 64));
    assert.deepEqual(calls, [64, 32, 16, 16, 16, 16]);
    assert.deepEqual(
      await written(),
      records.map(({ value }) => value),
    );
  });

  it('stops at a single record that is too large', async () => {
    const records = [...numbered(3), { value: 'x'.repeat(200), partition: 0 }, ...numbered(2)];
    const { accepted, refused, unsent, error } = await produce(narrow(100), records);
    assert.deepEqual([accepted, refused, unsent], [all(0, 3), all(3, 4), all(4, 6)]);
    assert.equal(error?.kind, 'too-large');
    assert.equal(error.detail, 'too much');
  });

  it('stops at a call that is refused', async () => {
    const records = [...numbered(1000), { value: '', partition: 9 }, ...numbered(2000)];
    const { accepted, refused, unsent, error, results } = await produce(proxy, records);
    assert.deepEqual([accepted, refused, unsent], [all(0, 1000), all(1000, 2000), all(2000, 3001)]);
    assert.equal(error?.kind, 'rejected');
    assert.deepEqual(results[1000], { status: 'refused', detail: error.detail });
    assert.equal(results.length, 2000);
  });

  it('stops at an outcome that is unclear', async () => {
    const cut = watched(emulated.proxy, (records, produce) =>
      calls.length === 2
        ? Promise.resolve(records.map(() => ({ status: 'unclear', detail: 'cut off' })))
        : produce(records),
    );
    const { accepted, unclear, unsent, error } = await produce(cut, numbered(2500));
    assert.deepEqual([accepted, unclear, unsent], [all(0, 1000), all(1000, 2000), all(2000, 2500)]);
    assert.equal(error, undefined);
  });

  it('tells the fate of each record where a proxy does', async () => {
    const statuses = ['accepted', 'refused', 'accepted', 'unclear'] as const;
    const mixed = watched(
      emulated.proxy,
      () =>
        Promise.resolve(
          statuses.map((status): ProduceResult =>
            status === 'accepted' ? { status } : { status, detail: '' },
          ),
        ),
      { maxBatchRecords: 4 },
    );
    const outcome = await produce(mixed, numbered(5));
    const { accepted, refused, unclear, unsent } = outcome;
    assert.deepEqual(accepted, {
      count: 2,
      ranges: [
        { start: 0, end: 1 },
        { start: 2, end: 3 },
      ],
    });
    assert.deepEqual([refused, unclear, unsent], [all(1, 2), all(3, 4), all(4, 5)]);
    const rest = restOf(checkedFor(mixed, numbered(5)), outcome);
    assert.deepEqual(
      rest.records.map(({ value }) => value),
      ['1', '4'],
      'what is unclear is not sent again',
    );
    assert.equal(rest.sizes.length, 2);
  });

  it('offers the rest where the same records may be written later, and only there', () => {
    const outcome = { aborted: false, refused: all(0, 0), unsent: all(0, 0) };
    const left = { ...outcome, unsent: all(1, 3) };
    const failed = (kind: KafkaErrorKind) => ({
      ...left,
      refused: all(0, 1),
      error: new KafkaError(kind),
    });
    const helps = [
      { ...left, aborted: true },
      left,
      ...(['throttled', 'timeout', 'connection', 'unavailable', 'closed'] as const).map(failed),
    ];
    for (const each of helps) assert.ok(canSendRest(each), JSON.stringify(each));
    const repeats = [
      outcome,
      { ...left, refused: all(0, 1) },
      ...(['too-large', 'rejected', 'unsupported', 'not-found', 'forbidden'] as const).map(failed),
    ];
    for (const each of repeats) assert.ok(!canSendRest(each), JSON.stringify(each));
  });

  it('refuses a proxy that cannot produce', async () => {
    const mute = { ...proxy, capabilities: { ...proxy.capabilities, produce: false } as const };
    const checked = checkedFor(proxy, numbered(1));
    await assert.rejects(produceAll(mute, 't', checked), { kind: 'unsupported' });
    assert.deepEqual(calls, []);
  });

  it('carries bytes and tombstones where the proxy does', async () => {
    const able = watched(
      emulated.proxy,
      (records) => Promise.resolve(records.map(() => ({ status: 'accepted' }))),
      {
        binary: true,
        tombstone: true,
        maxBatchBytes: 1000,
      },
    );
    const bytes = new Uint8Array(300).fill(255);
    const { accepted } = await produce(able, [
      { value: null },
      ...Array<NewRecord>(4).fill({ key: bytes, value: bytes }),
    ]);
    assert.equal(accepted.count, 5);
    assert.deepEqual(calls, [2, 1, 1, 1]);
  });

  it('leaves the rest unsent when it is aborted', async () => {
    const abort = new AbortController();
    const { accepted, unsent, aborted } = await produce(proxy, numbered(2500), {
      signal: abort.signal,
      onProgress: () => {
        abort.abort();
      },
    });
    assert.deepEqual([accepted, unsent, aborted], [all(0, 1000), all(1000, 2500), true]);
    assert.equal((await written()).length, 1000);
  });

  it('knows a call that was aborted before it was sent as unsent', async () => {
    const abort = new AbortController();
    const slow = watched(emulated.proxy, (records, produce) => {
      abort.abort();
      return produce(records);
    });
    const outcome = await produce(slow, numbered(2), { signal: abort.signal });
    assert.deepEqual([outcome.unsent, outcome.aborted], [all(0, 2), true]);
  });

  it('lets the batch that is under way end, where it has time to', async () => {
    const abort = new AbortController();
    const slow = watched(emulated.proxy, async (records, produce) => {
      abort.abort();
      return produce(records);
    });
    const { signal } = abort;
    const outcome = await produce(slow, numbered(1500), { signal, graceMs: 5000 });
    assert.deepEqual([outcome.accepted, outcome.unsent], [all(0, 1000), all(1000, 1500)]);
  });

  it('cuts the batch off once its time is over', async () => {
    const abort = new AbortController();
    const hanging = watched(emulated.proxy, (_records, _produce, signal) => {
      abort.abort();
      assert.equal(signal?.aborted, false);
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
      });
    });
    const { signal } = abort;
    const outcome = await produce(hanging, numbered(2), { signal, graceMs: 5 });
    assert.deepEqual([outcome.unsent, outcome.aborted], [all(0, 2), true]);
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  it('does not swallow a mistake of ours', async () => {
    const broken = watched(emulated.proxy, () => Promise.reject(new TypeError('bug')));
    await assert.rejects(produce(broken, numbered(1)), TypeError);
  });
});
