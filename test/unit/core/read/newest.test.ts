import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { KafkaProxy, KafkaRecord } from '../../../../src/core/kafka';
import { NewestRecords } from '../../../../src/core/read/newest';
import { openReader } from '../../../../src/core/read/reader';
import { changed, type EmulatedProxy, startEmulatedProxy } from '../../../support/emulatedProxy';

describe('the newest records', () => {
  const sizes = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 5 }), {
    maxLength: 30,
  });

  it('are as many as wanted, from batches of any size', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 30 }), (lengths, count) => {
        const batches = toBatches(lengths);
        const newest = new NewestRecords(count);
        for (const batch of batches) newest.add(batch);
        const kept = newest.take();
        assert.deepEqual(kept.batches.flat(), batches.flat().slice(-count));
        assert.equal(kept.limited, false);
        assert.deepEqual(newest.take().batches.flat(), []);
      }),
    );
  });

  it('are no more than fit into the bytes, but at least one', () => {
    const limits = fc.record({
      count: fc.integer({ min: 1, max: 30 }),
      bytes: fc.integer({ min: 0, max: 60 }),
    });
    fc.assert(
      fc.property(sizes, limits, (lengths, { count, bytes }) => {
        const batches = toBatches(lengths);
        const newest = new NewestRecords(count, bytes);
        for (const batch of batches) newest.add(batch);
        const wanted = batches.flat().slice(-count);
        const sums = wanted.map((_, index) => bytesOf(wanted.slice(index)));
        const first = sums.findIndex((sum, index) => sum <= bytes || index === sums.length - 1);
        const expected = first < 0 ? [] : wanted.slice(first);
        const kept = newest.take();
        assert.deepEqual(kept.batches.flat(), expected);
        assert.equal(kept.limited, expected.length < wanted.length);
      }),
    );
  });
});

describe('a read of the newest records', () => {
  const all = { topic: 't', from: { at: 'earliest' } } as const;
  let emulated: EmulatedProxy;

  /** 60 records of 1 kB in turn in three partitions, which come in pages of about three. */
  before(async () => {
    emulated = await startEmulatedProxy({ tls: false });
    emulated.emulator.createTopic({ name: 't', partitions: 3 });
    const value = 'x'.repeat(1000);
    const record = (n: number) => ({ key: String(n), value, partition: n % 3, timestamp: n });
    emulated.emulator.append(
      't',
      Array.from({ length: 60 }, (_, n) => record(n)),
    );
  });

  after(() => emulated.close());

  async function read(request: Parameters<typeof openReader>[1], proxy = emulated.proxy) {
    const seen: number[] = [];
    const onProgress = ({ records }: { records: number }) => seen.push(records);
    const reader = await openReader(proxy, request, { pageBytes: 3500, onProgress });
    const batches: (readonly KafkaRecord[])[] = [];
    for await (const batch of reader) batches.push(batch);
    return { reader, seen, keys: batches.flat().map(({ key }) => Number(key)) };
  }

  it('gives those of all partitions, at the end, and tells meanwhile how far it is', async () => {
    const { reader, seen, keys } = await read({ ...all, newest: 5 });
    assert.deepEqual(keys, [55, 56, 57, 58, 59]);
    assert.ok(seen.length > 2);
    assert.equal(seen.at(-1), 60);
    assert.deepEqual([...reader.position.values()], [20n, 20n, 20n]);
    assert.deepEqual(reader.notices, []);
  });

  it('gives fewer where they take too many bytes, and says so', async () => {
    const { reader, keys } = await read({ ...all, newest: 5, maxBytes: 3_100 });
    assert.deepEqual(keys, [57, 58, 59]);
    assert.deepEqual(reader.notices, [{ kind: 'stopped', by: 'maxBytes' }]);
  });

  function failingHalfWay(): KafkaProxy {
    let pages = 0;
    return changed(emulated.proxy, {
      read: async function* (range, flow) {
        for await (const page of emulated.proxy.read(range, flow)) {
          if ((pages += 1) > 10) throw new Error('enough');
          yield page;
        }
      },
    });
  }

  it('gives none when it fails half way', async () => {
    const reader = await openReader(failingHalfWay(), { ...all, newest: 5 }, { pageBytes: 3500 });
    await assert.rejects(async () => {
      for await (const batch of reader) assert.fail(`${batch.length} records`);
    }, /enough/);
    assert.ok(reader.records > 0);
  });

  it('gives the newest of those that it has read first, if it is to keep them', async () => {
    const options = { pageBytes: 3500, keepsPartial: true };
    const reader = await openReader(failingHalfWay(), { ...all, newest: 5 }, options);
    let count = 0;
    await assert.rejects(async () => {
      for await (const batch of reader) count += batch.length;
    }, /enough/);
    assert.equal(count, 5);
    assert.ok(reader.records > count);
  });
});

function bytesOf(records: readonly KafkaRecord[]): number {
  return records.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
}

/** Batches of records whose values have these lengths. */
function toBatches(lengths: readonly (readonly number[])[]): readonly (readonly KafkaRecord[])[] {
  let offset = 0n;
  return lengths.map((batch) =>
    batch.map((length) => {
      const place = { partition: 0, offset };
      offset += 1n;
      return { ...place, key: null, value: 'x'.repeat(length) };
    }),
  );
}
