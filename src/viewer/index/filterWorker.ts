// The entry of the viewer's worker thread (dist/filterWorker.js): filters and sorts messages.
import { parentPort } from 'node:worker_threads';
import { ChunkList } from '../store/chunkList';
import { FilterError } from '../filter/filterError';
import type { FromWorker, ToWorker } from './indexTask';
import { MessageChunk } from '../store/messageChunk';
import { Cancelled, Steps } from '../steps';
import { performTask } from './performTask';

const NOTHING = { matched: null, inSpan: null, sorted: null };
const chunks = new ChunkList();

function perform({ id, control, added, task }: ToWorker): FromWorker {
  for (const { first, buffer } of added) chunks.add(new MessageChunk(first, buffer));
  chunks.dropBefore(task.first);
  try {
    return { kind: 'done', result: performTask(chunks, task, new Steps(control, id)) };
  } catch (error) {
    if (error instanceof Cancelled) return { kind: 'cancelled' };
    if (!(error instanceof FilterError)) throw error;
    const { fault, at, length } = error;
    return { kind: 'refused', fault, at, length };
  }
}

function post(message: FromWorker): void {
  const { matched, inSpan, sorted } = message.kind === 'done' ? message.result : NOTHING;
  const moved = [matched, inSpan, sorted].flatMap((list) =>
    list?.buffer instanceof ArrayBuffer ? list.buffer : [],
  );
  parentPort?.postMessage(message, moved);
}

parentPort?.on('message', (message: ToWorker) => {
  post(perform(message));
});
post({ kind: 'ready' });
