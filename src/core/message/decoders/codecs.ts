import type { WorkerCodec } from './decoder';
import type { WorkerFormat } from './registry';

/**
 * The code of each decoder that runs in a worker, loaded when it is first used. Only the worker, and
 * tests, import this file.
 */
export const codecs: Partial<Readonly<Record<WorkerFormat, () => Promise<WorkerCodec>>>> = {};
