import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openFileRun } from '../../../src/transfer/bulk/produceFile';
import { generatedCluster } from './generatedCluster';
import { generatedFile, LINE_BYTES } from './generatedFile';
import { peakMegabytes } from './peakMemory';

/** How large the file is. What is in memory does not depend on it; a large one takes long. */
const GIGABYTES = Number(process.env['SCALE_GIGABYTES'] ?? 0.1);

describe(`a file of ${GIGABYTES} GB to produce`, () => {
  it('is sent whole, with progress, in the memory of a small one', async () => {
    const messages = (GIGABYTES * 1_000_000_000) / LINE_BYTES;
    const { proxy, asked } = generatedCluster({ partitions: 3, bytesPerSecond: 100_000_000 });
    const folder = await mkdtemp(path.join(tmpdir(), 'kafka-rest-scale-'));
    try {
      let accepted = 0;
      let seen = 0;
      const peak = await peakMegabytes(async () => {
        const source = generatedFile(messages, folder);
        const options = { topic: 't', partitions: [0, 1, 2], onBad: 'stop', requests: 4 } as const;
        const { producer, run } = await openFileRun(proxy, source, { format: 'jsonl' }, options);
        const progress = setInterval(() => {
          assert.ok(producer.progress.accepted >= seen);
          seen = producer.progress.accepted;
        }, 100);
        const report = await run();
        clearInterval(progress);
        accepted = report.accepted;
        assert.deepEqual(report.end, { kind: 'done' });
      });
      assert.equal(accepted, messages);
      assert.ok(seen > 0 && asked.mostOpen <= 4);
      assert.deepEqual(await readdir(folder), []);
      console.log(`      ${asked.calls} calls, ${peak.toFixed()} MB in memory`);
      assert.ok(peak < 150);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
