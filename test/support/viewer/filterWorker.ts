import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';

let code: string | undefined;

/** Starts the viewer's worker, bundled as esbuild.js bundles dist/filterWorker.js. */
export function startFilterWorker(): Worker {
  code ??= buildSync({
    entryPoints: ['src/viewer/index/filterWorker.ts'],
    bundle: true,
    platform: 'node',
    target: 'node20',
    write: false,
  }).outputFiles[0]?.text;
  return new Worker(code ?? '', { eval: true });
}
