import assert from 'node:assert/strict';
import { MAX_REQUESTS } from '../../../src/core/read/flow';
import { openReader } from '../../../src/core/read/reader';
import { generatedCluster } from './generatedCluster';
import { peakMegabytes } from './peakMemory';

describe('a topic of 10,000 partitions', () => {
  const partitions = 10_000;
  const records = 20;

  it('tells all its partitions at once', async () => {
    const { proxy, asked } = generatedCluster({ partitions, records });
    assert.equal((await proxy.partitions('t')).length, partitions);
    assert.equal(asked.calls, 1);
  });

  it('gives its newest messages, with progress and a few calls at a time', async () => {
    const { proxy, asked } = generatedCluster({ partitions, records });
    let told = 0;
    const reader = await openReader(
      proxy,
      { topic: 't', from: { latestMinus: 20n }, newest: 100 },
      { onProgress: () => (told += 1) },
    );
    const found = [];
    for await (const batch of reader) found.push(...batch);
    const last = partitions - 1;
    assert.deepEqual(
      found.map(({ partition, offset }) => [partition, offset]),
      Array.from({ length: 100 }, (_, index) => [last - 99 + index, BigInt(records - 1)]),
    );
    assert.equal(reader.records, partitions * records);
    assert.ok(asked.mostOpen <= MAX_REQUESTS);
    assert.ok(told > 100);
  });

  it('is read in the order of time, in bounded memory', async () => {
    const size = { partitions, records: 6, valueBytes: 1000 };
    const { proxy, asked } = generatedCluster(size);
    let count = 0;
    const peak = await peakMegabytes(async () => {
      const reader = await openReader(proxy, { topic: 't', from: { at: 'earliest' } });
      for await (const batch of reader) {
        for (const { timestamp } of batch) assert.equal(timestamp, count++);
      }
    });
    assert.equal(count, partitions * size.records);
    const megabytes = (count * size.valueBytes) / 1_000_000;
    console.log(`      ${megabytes} MB, ${asked.calls} calls, ${peak.toFixed()} MB in memory`);
    assert.ok(peak < 150);
  });

  it('is left within a moment', async () => {
    const { proxy } = generatedCluster({ partitions, records });
    const stop = new AbortController();
    const reader = await openReader(
      proxy,
      { topic: 't', from: { at: 'earliest' } },
      { signal: stop.signal },
    );
    const reading = (async () => {
      for await (const batch of reader) if (batch.length > 0) stop.abort();
    })();
    let aborted = Infinity;
    stop.signal.addEventListener('abort', () => (aborted = performance.now()));
    await assert.rejects(reading, { name: 'AbortError' });
    assert.ok(performance.now() - aborted < 1000);
  });
});
