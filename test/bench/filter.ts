import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import type { KafkaRecord } from '../../src/core/kafka';
import { MessageIndex } from '../../src/viewer/index/messageIndex';
import { MessageStore } from '../../src/viewer/store/messageStore';
import { type Column, columns } from '../../src/viewer/protocol';
import { root } from '../support/host/processes';
import { median } from './median';

const MESSAGES = 1_000_000;
/** Of a message's key and value. */
const MESSAGE_BYTES = 200;
const ROUNDS = 7;
/** Milliseconds that a text filter may take. */
const GOAL = 150;

const FILTERS = [
  ['rare text', 'order-0777777'],
  ['frequent text', 'shipped'],
  ['text in two cases and scripts', 'GRÜSSE or Ωmega'],
  ['regular expression', '/order-\\d*77777\\b/'],
  ['JSON path', '$.customer.id == 4711'],
  ['JSON path and text', '$.state == "lost"'],
] as const;

/**
 * Filters and sorts a million messages in the viewer's worker as it is packed, from `show` to its
 * end, and compares that with searching the same bytes with `Buffer.indexOf` for what is not there.
 *
 * @returns lines to print
 */
export async function benchFilter(): Promise<string[]> {
  const before = memory();
  const store = new MessageStore({ maxMessages: MESSAGES, maxBytes: Infinity });
  for (let next = 0; next < MESSAGES; next += 1000) {
    store.append(Array.from({ length: 1000 }, (_, n) => message(next + n)));
  }
  const after = memory();
  const perMessage = (what: 'rss' | 'arrayBuffers') =>
    ((after[what] - before[what]) / MESSAGES).toFixed(0);
  const lines = [
    `${MESSAGES.toLocaleString('en')} messages of ${MESSAGE_BYTES} bytes take ` +
      `${perMessage('arrayBuffers')} bytes each, ${perMessage('rss')} of the process`,
  ];

  const bare = await time(() => {
    for (const { bytes } of store.chunks) bytes.indexOf('order-none');
  });
  lines.push(`Buffer.indexOf over their bytes: ${bare.toFixed(0)} ms`);
  const worker = path.join(root, 'dist/filterWorker.js');
  const index = new MessageIndex(store, () => new Worker(worker));
  const view = {
    filter: '',
    span: null,
    sort: null,
    clock: { now: Date.now(), zone: 'utc' },
  } as const;
  const reset = () => index.show(view);
  for (const [name, filter] of FILTERS) {
    const ms = await time(() => index.show({ ...view, filter }), reset);
    const goal =
      name.includes('text') && !name.includes('JSON') ? ` (goal: at most ${GOAL} ms)` : '';
    lines.push(
      `${name} ${filter}: ${ms.toFixed(0)} ms${goal}, ratio ${(ms / bare).toFixed(1)}, ` +
        `${index.length.toLocaleString('en')} messages`,
    );
  }
  const sort = async (column: Column) => {
    const ms = await time(() => index.show({ ...view, sort: { column, descending: true } }), reset);
    return `${column} ${ms.toFixed(0)} ms`;
  };
  const sorts: string[] = [];
  for (const column of columns) sorts.push(await sort(column));
  lines.push(`sorted by ${sorts.join(', ')}`);
  index.dispose();
  return lines;
}

function message(n: number): KafkaRecord {
  const key = `order-${String(n).padStart(7, '0')}`;
  const state = n % 10 === 0 ? 'open' : 'shipped';
  const start = `{"customer":{"id":${(n * 7919) % 100_003},"name":"Ada Lovelace"},"state":"${state}","note":"`;
  const note = `${(n * 2_654_435_761).toString(36)} `.repeat(20);
  const value = `${start}${note.slice(0, MESSAGE_BYTES - key.length - start.length - 2)}"}`;
  return { partition: n % 8, offset: BigInt(n >> 3), timestamp: 1.76e12 + 25 * n, key, value };
}

/** The median time of an action in milliseconds, after a round to warm up. */
async function time(
  action: () => unknown,
  reset: () => unknown = () => undefined,
): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    await reset();
    const start = performance.now();
    await action();
    times.push(performance.now() - start);
  }
  return median(times.slice(1));
}

/** What this process uses, without garbage. */
function memory(): NodeJS.MemoryUsage {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
  return process.memoryUsage();
}
