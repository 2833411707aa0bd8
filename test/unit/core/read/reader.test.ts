import assert from 'node:assert/strict';
import type { Limiter } from '../../../../src/core/async/limiter';
import { KafkaError } from '../../../../src/core/errors';
import type {
  KafkaProxy,
  KafkaRecord,
  NewRecord,
  PartitionRange,
  RecordPage,
} from '../../../../src/core/kafka';
import { openReader } from '../../../../src/core/read/reader';
import type { Reader } from '../../../../src/core/read/reader';
import type { EmulatorOptions } from '../../../../src/emulator/server';
import type { EmulatedProxy } from '../../../support/emulatedProxy';
import { changed, startEmulatedProxy } from '../../../support/emulatedProxy';

/** About three records of these a page. */
const SMALL_PAGES = { pageBytes: 3500 };
const value = 'x'.repeat(1000);

const names = (records: readonly KafkaRecord[]): string[] =>
  records.map(({ partition, offset }) => `${partition}:${offset.toString()}`);

async function read(reader: Reader): Promise<KafkaRecord[]> {
  const records: KafkaRecord[] = [];
  for await (const batch of reader) records.push(...batch);
  return records;
}

describe('the reader', () => {
  let emulated: EmulatedProxy;
  let proxy: KafkaProxy;

  async function start(options: EmulatorOptions = {}): Promise<void> {
    emulated = await startEmulatedProxy(options);
    ({ proxy } = emulated);
  }

  /** Creates topic `t`; partition by partition, the timestamps of its records. */
  function fill(...timestamps: number[][]): void {
    emulated.emulator.createTopic({ name: 't', partitions: timestamps.length });
    timestamps.forEach((times, partition) => {
      append(times.map((timestamp) => ({ value, partition, timestamp })));
    });
  }

  function append(records: NewRecord[]): void {
    emulated.emulator.append('t', records);
  }

  function consumed(): string[] {
    return emulated.requests.filter((path) => path.includes('/consumer/'));
  }

  /** The same proxy, whose pages pass through a filter. */
  function filtered(
    filter: (pages: AsyncIterable<RecordPage>, range: PartitionRange) => AsyncIterable<RecordPage>,
  ): KafkaProxy {
    return changed(proxy, { read: (range, options) => filter(proxy.read(range, options), range) });
  }

  afterEach(() => emulated.close());

  describe('finds its ranges', () => {
    beforeEach(async () => {
      await start();
      fill([1, 2, 3, 4], [1, 2]);
      emulated.emulator.trim('t', 0, 2n);
    });

    it('from the earliest to the latest offset, with one call', async () => {
      const reader = await openReader(proxy, { topic: 't', from: { at: 'earliest' } });
      assert.deepEqual(reader.ranges, [
        { partition: 0, from: 2n, until: 4n },
        { partition: 1, from: 0n, until: 2n },
      ]);
      assert.equal(reader.total, 4n);
      assert.deepEqual(reader.notices, []);
      assert.deepEqual(emulated.requests, ['/v1/metadata/topics/t/partitions']);
    });

    it('in the partitions asked for', async () => {
      const request = { topic: 't', from: { at: 'earliest' } } as const;
      const reader = await openReader(proxy, { ...request, partitions: [1, 1] });
      assert.deepEqual(reader.ranges, [{ partition: 1, from: 0n, until: 2n }]);
      await assert.rejects(
        openReader(proxy, { ...request, partitions: [7] }),
        (error) =>
          error instanceof KafkaError &&
          error.kind === 'not-found' &&
          error.detail === 'partition 7',
      );
    });

    it('from so many before the latest in each partition, or as many as there are', async () => {
      const reader = await openReader(proxy, { topic: 't', from: { latestMinus: 1n } });
      assert.deepEqual(
        reader.ranges.map(({ from }) => from),
        [3n, 1n],
      );
      const all = await openReader(proxy, { topic: 't', from: { latestMinus: 100n } });
      assert.deepEqual(
        all.ranges.map(({ from }) => from),
        [2n, 0n],
      );
      assert.deepEqual(all.notices, []);
    });

    it('within the log, and says what was moved', async () => {
      const low = await openReader(proxy, { topic: 't', from: { offset: 1n }, until: 3n });
      assert.deepEqual(low.ranges, [
        { partition: 0, from: 2n, until: 3n },
        { partition: 1, from: 1n, until: 2n },
      ]);
      assert.deepEqual(low.notices, [
        { kind: 'clamped', partition: 0, bound: 'from', asked: 1n, end: 'earliest', used: 2n },
        { kind: 'clamped', partition: 1, bound: 'until', asked: 3n, end: 'latest', used: 2n },
      ]);

      const high = await openReader(proxy, { topic: 't', partitions: [0], from: { offset: 9n } });
      assert.deepEqual(high.ranges, [{ partition: 0, from: 4n, until: 4n }]);
      assert.deepEqual(high.notices, [
        { kind: 'clamped', partition: 0, bound: 'from', asked: 9n, end: 'latest', used: 4n },
      ]);
    });

    it('and does not go back where a read goes on behind the latest that a node knows of', async () => {
      const from = { offsets: new Map([[0, 9n]]) };
      const reader = await openReader(proxy, { topic: 't', partitions: [0], from });
      assert.deepEqual(await read(reader), []);
      assert.deepEqual(reader.position, new Map([[0, 9n]]));
      assert.deepEqual(reader.notices, [
        { kind: 'clamped', partition: 0, bound: 'from', asked: 9n, end: 'latest', used: 4n },
      ]);
    });

    it('is empty where the end lies before the start', async () => {
      const reader = await openReader(proxy, {
        topic: 't',
        partitions: [1],
        from: { offset: 2n },
        until: 1n,
      });
      assert.deepEqual(reader.ranges, [{ partition: 1, from: 2n, until: 2n }]);
      assert.deepEqual(await read(reader), []);
      assert.deepEqual(consumed(), []);
    });

    it('where a former read ended, and from the earliest in a new partition', async () => {
      const offsets = new Map([[0, 3n]]);
      const reader = await openReader(proxy, { topic: 't', from: { offsets } });
      assert.deepEqual(
        reader.ranges.map(({ from }) => from),
        [3n, 0n],
      );
      assert.deepEqual(names(await read(reader)).sort(), ['0:3', '1:0', '1:1']);
    });
  });

  describe('reads', () => {
    for (const answer of ['array', 'object'] as const) {
      it(`all of a partition from answers that are an ${answer}`, async () => {
        await start({ answer });
        fill(Array.from({ length: 50 }, (_, n) => n));
        const reader = await openReader(
          proxy,
          { topic: 't', from: { at: 'earliest' } },
          SMALL_PAGES,
        );
        const records = await read(reader);
        assert.deepEqual(
          records.map(({ offset }) => offset),
          Array.from({ length: 50 }, (_, n) => BigInt(n)),
        );
        assert.deepEqual([reader.records, reader.bytes], [50, 50_000]);
        assert.deepEqual(reader.position, new Map([[0, 50n]]));
        assert.ok(consumed().length > 10);
      });
    }

    it('offsets of 64 bits', async () => {
      await start();
      const firstOffset = 2n ** 60n + 1n;
      emulated.emulator.createTopic({ name: 't', partitions: 1, firstOffset });
      append(Array<NewRecord>(10).fill({ value }));
      const reader = await openReader(
        proxy,
        { topic: 't', from: { latestMinus: 9n } },
        SMALL_PAGES,
      );
      assert.deepEqual(
        (await read(reader)).map(({ offset }) => offset - firstOffset),
        [1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n],
      );
    });

    it('partitions merged by timestamp, then partition, each in its own order', async () => {
      await start();
      //    0:0 0:1 0:2       1:0 1:1 1:2 1:3    2:0
      fill([10, 30, 20], [10, 11, 40, 40], [12]);
      const reader = await openReader(proxy, { topic: 't', from: { at: 'earliest' } });
      assert.deepEqual(names(await read(reader)), [
        '0:0',
        '1:0',
        '1:1',
        '2:0',
        '0:1',
        '0:2',
        '1:2',
        '1:3',
      ]);
    });

    it('the same order whatever the size of the pages, over many partitions', async () => {
      await start();
      // Random numbers that are the same each time.
      let seed = 1;
      const random = (): number => (seed = (seed * 48271) % 2147483647);
      fill(
        ...Array.from({ length: 9 }, () => {
          const times = Array.from({ length: random() % 20 }, () => random() % 100);
          return times.sort((a, b) => a - b);
        }),
      );
      const orders = await Promise.all(
        [1, 3500, 1e6].map(async (pageBytes) => {
          const reader = await openReader(
            proxy,
            { topic: 't', from: { at: 'earliest' } },
            { pageBytes },
          );
          return read(reader);
        }),
      );
      const [first = []] = orders;
      const expected = [...first].sort(
        (a, b) =>
          (a.timestamp ?? 0) - (b.timestamp ?? 0) ||
          a.partition - b.partition ||
          Number(a.offset - b.offset),
      );
      assert.ok(first.length > 50);
      for (const order of orders) assert.deepEqual(names(order), names(expected));
    });

    it('over gaps, and to the end of one', async () => {
      await start();
      fill(Array.from({ length: 30 }, (_, n) => n));
      emulated.emulator.punch(
        't',
        0,
        Array.from({ length: 30 }, (_, n) => BigInt(n)).filter((n) => n % 7n !== 0n),
      );
      const reader = await openReader(proxy, { topic: 't', from: { offset: 1n } }, SMALL_PAGES);
      assert.deepEqual(names(await read(reader)), ['0:7', '0:14', '0:21', '0:28']);
      assert.deepEqual(reader.position, new Map([[0, 30n]]));
      assert.deepEqual(reader.notices, []);
    });

    it('on where retention has moved the earliest offset meanwhile, and says so', async () => {
      await start();
      fill(Array.from({ length: 30 }, (_, n) => n));
      const reader = await openReader(proxy, { topic: 't', from: { at: 'earliest' } }, SMALL_PAGES);
      const records: KafkaRecord[] = [];
      for await (const batch of reader) {
        if (records.length === 0) emulated.emulator.trim('t', 0, 20n);
        records.push(...batch);
      }
      const [moved] = reader.notices;
      assert.ok(moved?.kind === 'moved' && moved.from > 0n);
      assert.deepEqual(reader.notices, [
        { kind: 'moved', partition: 0, from: moved.from, to: 20n },
      ]);
      assert.deepEqual(
        records.map(({ offset }) => offset),
        Array.from({ length: 30 }, (_, n) => BigInt(n)).filter((n) => n < moved.from || n >= 20n),
      );
    });

    it('on behind a stretch that stays empty, and says so', async () => {
      await start();
      fill([1, 2, 3]);
      const skipping = filtered(async function* (pages) {
        for await (const page of pages) yield page;
        yield { records: [], next: 3n, bytes: 0, skipped: { from: 2n, to: 3n, reason: 'empty' } };
      });
      const until2 = {
        ...skipping,
        read: (range: PartitionRange) => skipping.read({ ...range, until: 2n }),
      };
      const reader = await openReader(until2, { topic: 't', from: { at: 'earliest' } });
      assert.deepEqual(names(await read(reader)), ['0:0', '0:1']);
      assert.deepEqual(reader.notices, [{ kind: 'empty', partition: 0, from: 2n, to: 3n }]);
      assert.deepEqual(reader.position, new Map([[0, 3n]]));
    });

    it('no further than the latest offset at the start', async () => {
      await start();
      fill([1, 2]);
      const reader = await openReader(proxy, { topic: 't', from: { at: 'earliest' } });
      append([{ value }]);
      assert.deepEqual(names(await read(reader)), ['0:0', '0:1']);
    });
  });

  describe('stops', () => {
    beforeEach(async () => {
      await start();
      fill([1, 3, 5, 7, 9], [2, 4, 6, 8, 10]);
    });

    it('at a number of records, and goes on there', async () => {
      const request = { topic: 't', maxRecords: 3 };
      const reader = await openReader(proxy, { ...request, from: { at: 'earliest' } });
      assert.deepEqual(names(await read(reader)), ['0:0', '1:0', '0:1']);
      assert.deepEqual(
        reader.position,
        new Map([
          [0, 2n],
          [1, 1n],
        ]),
      );
      assert.deepEqual(reader.notices, []);

      const next = await openReader(proxy, { ...request, from: { offsets: reader.position } });
      assert.deepEqual(names(await read(next)), ['1:1', '0:2', '1:2']);
    });

    it('at once for no records', async () => {
      const reader = await openReader(proxy, {
        topic: 't',
        from: { at: 'earliest' },
        maxRecords: 0,
      });
      assert.deepEqual(await read(reader), []);
      assert.deepEqual(consumed(), []);
    });

    it('before the bytes are exceeded, and says so', async () => {
      const request = { topic: 't', from: { at: 'earliest' } } as const;
      const reader = await openReader(proxy, { ...request, maxBytes: 3999 });
      assert.deepEqual(names(await read(reader)), ['0:0', '1:0', '0:1']);
      assert.deepEqual(reader.notices, [{ kind: 'stopped', by: 'maxBytes' }]);
      assert.deepEqual(
        reader.position,
        new Map([
          [0, 2n],
          [1, 1n],
        ]),
      );
      assert.deepEqual(await read(reader), []);

      const exact = await openReader(proxy, { ...request, maxBytes: 10_000 });
      assert.equal((await read(exact)).length, 10);
      assert.deepEqual(exact.notices, []);
    });

    it('not before the first record, however large', async () => {
      const reader = await openReader(proxy, { topic: 't', from: { at: 'earliest' }, maxBytes: 1 });
      assert.deepEqual(names(await read(reader)), ['0:0']);
    });

    it('counts keys and bytes of UTF-8', async () => {
      emulated.emulator.createTopic({ name: 'u' });
      emulated.emulator.append('u', [
        { key: 'é', value: '😀' },
        { key: null, value: null },
      ]);
      const reader = await openReader(proxy, { topic: 'u', from: { at: 'earliest' } });
      await read(reader);
      assert.deepEqual([reader.records, reader.bytes], [2, 6]);
    });

    it('when the loop is left, and goes on at the next one', async () => {
      const reader = await openReader(
        proxy,
        { topic: 't', partitions: [1], from: { at: 'earliest' } },
        SMALL_PAGES,
      );
      const seen: string[] = [];
      for await (const batch of reader) {
        seen.push(...names(batch));
        break;
      }
      assert.ok(seen.length < 5);
      assert.deepEqual(reader.position, new Map([[1, BigInt(seen.length)]]));
      seen.push(...names(await read(reader)));
      assert.deepEqual(seen, ['1:0', '1:1', '1:2', '1:3', '1:4']);
    });
  });

  describe('stays ahead', () => {
    for (const { partitions, requests, ahead } of [
      { partitions: 1, requests: 1, ahead: 1 },
      { partitions: 1, requests: 3, ahead: 3 },
      { partitions: 2, requests: 5, ahead: 2 },
      { partitions: 2, requests: 1, ahead: 1 },
    ]) {
      it(`by ${ahead} page(s) in ${partitions} partition(s) with ${requests} request(s)`, async () => {
        await start();
        fill(
          ...Array.from({ length: partitions }, (_, p) =>
            Array.from({ length: 60 }, (_, n) => n * partitions + p),
          ),
        );
        const request = { topic: 't', from: { at: 'earliest' } } as const;
        const reader = await openReader(proxy, request, { ...SMALL_PAGES, requests });
        assert.equal(consumed().length, 0);
        for await (const batch of reader) {
          // What was sent before these two calls is answered by then.
          await proxy.topics();
          await proxy.topics();
          for (let partition = 0; partition < partitions; partition += 1) {
            const asked = consumed().filter((path) => path.includes(`/partitions/${partition}/`));
            const ends = asked.map((path) => {
              const [, offset = '', count = ''] = /offsets\/(\d+)\?count=(\d+)/.exec(path) ?? [];
              return Number(offset) + Number(count);
            });
            const position = Number(reader.position.get(partition));
            const open = ends.filter((end) => end > position).length;
            // The page at hand, if there is one, and those ahead.
            assert.ok(open <= 1 + ahead, `${open} in ${asked.join()}`);
            if (position > 3 && position < 40) assert.ok(open >= ahead, `${open} at ${position}`);
          }
          assert.ok(batch.length > 0);
        }
        assert.equal(reader.records, 60 * partitions);
      });
    }

    it('not at all when the page at hand holds what is wanted', async () => {
      await start();
      fill(Array.from({ length: 40 }, (_, n) => n));
      const request = { topic: 't', from: { at: 'earliest' }, maxRecords: 1 } as const;
      await read(await openReader(proxy, request, SMALL_PAGES));
      await proxy.topics();
      assert.equal(consumed().length, 1);
    });

    it('in all partitions, with a bound on requests and on what waits', async () => {
      await start();
      fill(
        ...Array.from({ length: 12 }, (_, p) => Array.from({ length: 40 }, (_, n) => n * 12 + p)),
      );
      const bufferBytes = 240_000;
      let [running, most, asked, taken, mostAsked] = [0, 0, 0, 0, 0];
      const watched = changed(proxy, {
        read: async function* (range, { limiter, ...flow } = {}) {
          const watchedLimiter: Limiter = (task) => {
            assert.ok(limiter);
            return limiter(async () => {
              most = Math.max(most, (running += 1));
              mostAsked = Math.max(mostAsked, (asked += 1) - taken);
              return task().finally(() => (running -= 1));
            });
          };
          for await (const page of proxy.read(range, { ...flow, limiter: watchedLimiter })) {
            assert.ok(page.bytes < (1.1 * bufferBytes) / 24, String(page.bytes));
            yield page;
            taken += 1;
          }
        },
      });
      const reader = await openReader(
        watched,
        { topic: 't', from: { at: 'earliest' } },
        { bufferBytes, requests: 3 },
      );
      let count = 0;
      let last = -1;
      for await (const batch of reader) {
        count += batch.length;
        for (const { timestamp = 0 } of batch) {
          assert.ok(timestamp > last);
          last = timestamp;
        }
      }
      assert.equal(count, 480);
      assert.equal(most, 3);
      assert.ok(mostAsked > 12 && mostAsked <= 24, String(mostAsked));
    });
  });

  describe('fails', () => {
    it('after what comes before in order, with the position to go on from', async () => {
      await start();
      fill([1, 2, 3, 4, 5, 6, 7, 8, 9], [4, 5, 6, 7, 8, 9, 10, 11]);
      const failing = filtered(async function* (pages, { partition }) {
        for await (const page of pages) {
          if (partition === 1 && page.next > 2n)
            throw new KafkaError('unavailable', { status: 503 });
          yield page;
        }
      });
      const reader = await openReader(
        failing,
        { topic: 't', from: { at: 'earliest' } },
        { pageBytes: 1 },
      );
      const seen: string[] = [];
      await assert.rejects(
        async () => {
          for await (const batch of reader) seen.push(...names(batch));
        },
        (error) => error instanceof KafkaError && error.kind === 'unavailable',
      );
      assert.deepEqual(seen, ['0:0', '0:1', '0:2', '0:3', '1:0', '0:4', '1:1']);
      assert.deepEqual(
        reader.position,
        new Map([
          [0, 5n],
          [1, 2n],
        ]),
      );

      const next = await openReader(proxy, { topic: 't', from: { offsets: reader.position } });
      assert.equal((await read(next)).length, 17 - seen.length);
    });

    it('with the reason of an abort, at once, and keeps the position', async () => {
      await start({ latency: 50 });
      fill(Array.from({ length: 40 }, (_, n) => n));
      const abort = new AbortController();
      const reader = await openReader(
        proxy,
        { topic: 't', from: { at: 'earliest' } },
        { ...SMALL_PAGES, signal: abort.signal },
      );
      let seen = 0;
      await assert.rejects(async () => {
        for await (const batch of reader) {
          seen += batch.length;
          abort.abort(new Error('enough'));
        }
      }, /enough/);
      assert.ok(seen > 0 && seen < 40);
      assert.deepEqual(reader.position, new Map([[0, BigInt(seen)]]));
    });

    it('with the reason when it was aborted before', async () => {
      await start();
      fill([1]);
      const abort = new AbortController();
      const reader = await openReader(
        proxy,
        { topic: 't', from: { at: 'earliest' } },
        { signal: abort.signal },
      );
      abort.abort(new Error('enough'));
      await assert.rejects(read(reader), /enough/);
      await assert.rejects(
        openReader(proxy, { topic: 't', from: { at: 'earliest' } }, { signal: abort.signal }),
        /enough/,
      );
      assert.deepEqual(consumed(), []);
    });

    it('not, when the loop is left while pages are under way', async () => {
      await start();
      fill(...Array.from({ length: 10 }, () => [1, 2, 3, 4, 5, 6]));
      const abortedReads: unknown[] = [];
      const stuck = filtered(async function* (pages) {
        try {
          let first = true;
          for await (const page of pages) {
            if (!first) throw new Error('a failure that nobody waits for');
            first = false;
            yield page;
          }
        } finally {
          abortedReads.push(1);
        }
      });
      const reader = await openReader(
        stuck,
        { topic: 't', from: { at: 'earliest' } },
        { pageBytes: 1 },
      );
      for await (const batch of reader) {
        assert.ok(batch.length > 0);
        break;
      }
      assert.equal(abortedReads.length, 10);
    });
  });
});
