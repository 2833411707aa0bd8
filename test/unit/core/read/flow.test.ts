import assert from 'node:assert/strict';
import type { PartitionRange, ReadFlow } from '../../../../src/core/kafka';
import { flowOf } from '../../../../src/core/read/flow';
import { openReader } from '../../../../src/core/read/reader';
import { changed, startEmulatedProxy } from '../../../support/emulatedProxy';

const MIB = 1024 * 1024;

describe('how the pages of a read flow', () => {
  const facts = (partitions: number, options = {}) => {
    const { pageBytes, maxPageBytes, ahead, maxAheadBytes } = flowOf(options, partitions);
    return { pageBytes, maxPageBytes, ahead, maxAheadBytes };
  };

  it('in a few partitions: several pages ahead, and larger ones on a slow line', () => {
    assert.deepEqual(facts(1), {
      pageBytes: Math.floor((4 * MIB) / 9),
      maxPageBytes: 4 * Math.floor((4 * MIB) / 9),
      ahead: 8,
      maxAheadBytes: 16 * MIB,
    });
  });

  it('in many partitions: one page ahead, and small ones', () => {
    const { pageBytes, ahead } = facts(100);
    assert.deepEqual([pageBytes, ahead], [256 * 1024, 1]);
  });

  it('in thousands of partitions: in pages so small that all together stay bounded', () => {
    for (const partitions of [1_000, 10_000]) {
      const { maxPageBytes = Infinity, ahead = Infinity } = facts(partitions);
      assert.ok(partitions * (1 + ahead) * maxPageBytes <= 4 * 64 * MIB);
    }
  });

  it('within the memory that was given, also on a slow line', () => {
    const { pageBytes, maxPageBytes } = facts(4, { bufferBytes: MIB });
    assert.equal(pageBytes, maxPageBytes);
    assert.equal(3 * 4 * (pageBytes ?? 0) <= MIB, true);
  });

  it('is told to the proxy beside what to read', async () => {
    const emulated = await startEmulatedProxy({ tls: false });
    const { proxy, emulator } = emulated;
    emulator.createTopic({ name: 't' });
    emulator.append('t', [{ value: 'a' }]);
    const calls: [PartitionRange, ReadFlow][] = [];
    const watched = changed(proxy, {
      read: (range, flow = {}) => {
        calls.push([range, flow]);
        return proxy.read(range, flow);
      },
    });
    const reader = await openReader(watched, { topic: 't', from: { at: 'earliest' } });
    for await (const batch of reader) assert.equal(batch.length, 1);
    const [[range, flow] = []] = calls;
    assert.deepEqual(range, { topic: 't', partition: 0, from: 0n, until: 1n });
    const { limiter, wanted, signal, ...sizes } = flow ?? {};
    assert.deepEqual(sizes, facts(1));
    assert.ok(limiter && wanted && signal);
    await emulated.close();
  });
});
