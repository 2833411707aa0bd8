import path from 'node:path';
import { Worker } from 'node:worker_threads';

const source = path.join(__dirname, '../../src/viewer/filterWorker.ts');

/** Starts the worker of the viewer from its source, as the extension starts dist/filterWorker.js. */
export function startFilterWorker(): Worker {
  // `--import tsx` has no effect on the file that a worker of Node 20 starts with.
  return new Worker(`require('tsx/cjs'); require(${JSON.stringify(source)});`, { eval: true });
}
