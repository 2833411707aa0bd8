import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import type { StartWorker } from '../../../src/decoding/worker';

/** The worker that decodes, bundled as it is for the extension. */
export interface BundledWorker {
  /** Starts it as the extension does: without environment and arguments. */
  start(limits?: ResourceLimits): StartWorker;
  remove(): void;
}

export function bundleDecodingWorker(): BundledWorker {
  const folder = mkdtempSync(path.join(tmpdir(), 'decoding-worker-'));
  const file = path.join(folder, 'decodingWorker.js');
  buildSync({
    entryPoints: [path.resolve(import.meta.dirname, '../../../src/decoding/decodingWorker.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  return {
    start:
      (limits = {}) =>
      (workerData) =>
        new Worker(file, { workerData, env: {}, execArgv: [], resourceLimits: limits }),
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
