import type { Worker } from 'node:worker_threads';
import { meet } from '../calls';

/**
 * Returns what starts a worker that may fail: it is not started, there is no memory for what it is to
 * be given, or it is killed when it starts, when it gets work, or before its answer arrives.
 */
export function failingWorker<Given extends readonly unknown[]>(
  start: (...given: Given) => Worker,
): (...given: Given) => Worker {
  return (...given) => {
    const how = meet('worker', 'start', ['throws', 'dies']);
    if (how === 'throws') throw new Error('ERR_WORKER_INIT_FAILED: EAGAIN');
    const worker = start(...given);
    if (how === 'dies') void worker.terminate();
    const post = worker.postMessage.bind(worker);
    worker.postMessage = (...message: Parameters<Worker['postMessage']>) => {
      const fails = meet('worker', 'postMessage', ['throws', 'dies']);
      if (fails === 'throws') {
        throw new DOMException('Data cannot be cloned, out of memory.', 'DataCloneError');
      }
      if (fails === 'dies') void worker.terminate();
      post(...message);
    };
    const emit = worker.emit.bind(worker) as (event: string, ...given: unknown[]) => boolean;
    worker.emit = (event: string | symbol, ...answer: unknown[]) => {
      if (event === 'message' && meet('worker', 'answer', ['dies'], 'the worker')) {
        void worker.terminate();
        return true;
      }
      return emit(String(event), ...answer);
    };
    return worker;
  };
}
