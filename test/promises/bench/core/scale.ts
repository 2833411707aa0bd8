import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { HttpClient } from '../../../../src/core/http/client';
import { openReader } from '../../../../src/core/read/reader';
import { inNaturalOrder } from '../../../../src/core/text/naturalOrder';
import { openFileRun } from '../../../../src/transfer/bulk/produceFile';
import { selectTopics } from '../../../../src/ui/tree/selectTopics';
import { GENERATED, generatedCluster } from '../../scale/generatedCluster';
import { generatedFile, LINE_BYTES } from '../../scale/generatedFile';
import { whole } from '../amount';
import type { Benchmark } from '../benchmark';
import { memoryRow } from '../memory';
import { alternate, compare, type Row } from '../rows';
import { milliseconds } from '../support';
import { fillStore, MESSAGE_BYTES } from './filter';

const TOPICS = 100_000;
const PARTITIONS = 10_000;
const RECORDS = 100;
/** How many bare calls are under way at once. */
const AT_ONCE = 8;

/**
 * Lists the topics of a huge cluster, and reads the newest messages of a topic of many partitions.
 * Each response is made when it is asked for, by the cluster in the same process.
 */
export const benchScale: Benchmark = async ({ quick }) => {
  const rounds = quick ? 1 : 5;
  const row = async (
    name: string,
    what: string,
    yardstick: string,
    ways: Readonly<Record<'ours' | 'bare', () => Promise<number>>>,
  ): Promise<Row> => {
    const series = await alternate(ways, { rounds });
    const { value, ...rest } = compare(series.ours, series.bare);
    return { name, what, unit: 'ms', ...rest, yardstick: { what: yardstick, value } };
  };
  return [
    await row('scale/topics', `${whole(TOPICS)} topics, in order and filtered`, 'parsed, sorted', {
      ours: () => milliseconds(listTopics),
      bare: () => milliseconds(parseTopics),
    }),
    await row(
      'scale/partitions',
      `the newest 100 of ${whole(PARTITIONS)} partitions`,
      'bare calls, 8 at once',
      { ours: () => milliseconds(readNewest), bare: () => milliseconds(callPartitions) },
    ),
  ];
};

/** What memory it takes to produce a file that is much larger than all that is in memory. */
export const memoryOfLargeFile: Benchmark = async ({ quick }) => {
  const messages = quick ? 100_000 : 5_000_000;
  const folder = await mkdtemp(path.join(tmpdir(), 'kafka-rest-bench-'));
  const produce = async (count: number) => {
    const { proxy } = generatedCluster({ partitions: 3, bytesPerSecond: 500_000_000 });
    const options = { topic: 't', partitions: [0, 1, 2], onBad: 'stop', requests: 4 } as const;
    const source = generatedFile(count, folder);
    const { accepted } = await (
      await openFileRun(proxy, source, { format: 'jsonl' }, options)
    ).run();
    if (accepted !== count) throw new Error(`There were ${accepted} messages.`);
  };
  try {
    return [
      await memoryRow({
        name: 'memory-file',
        what: `file of ${whole(messages)} × ${LINE_BYTES} B to 3 partitions`,
        bytes: messages * LINE_BYTES,
        warmUp: () => produce(1_000),
        run: () => produce(messages),
        runs: 1,
      }),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** What memory a viewer takes with the limits that the settings have by default. */
export const memoryOfFullViewer: Benchmark = async ({ quick }) => {
  const messages = quick ? 2_000_000 : 10_000_000;
  const limits = { maxMessages: 1_000_000, maxBytes: 512 * 1024 * 1024 };
  const fill = (count: number) => {
    const store = fillStore(count, limits);
    const { held, dropped } = store;
    store.dispose();
    if (held + dropped !== count) throw new Error(`${held} messages are held, ${dropped} dropped.`);
    return Promise.resolve();
  };
  return [
    await memoryRow({
      name: 'memory-viewer-full',
      what: `viewer that got ${whole(messages)} × ${MESSAGE_BYTES} B`,
      bytes: messages * MESSAGE_BYTES,
      warmUp: () => fill(1000),
      run: () => fill(messages),
      runs: 1,
    }),
  ];
};

async function listTopics(): Promise<void> {
  const { proxy } = generatedCluster({ topics: TOPICS });
  const names = inNaturalOrder((await proxy.topics()).map(({ name }) => name));
  const { matching } = selectTopics(names, {
    filter: '9999',
    pinned: new Set(),
    hides: (name) => name.startsWith('__'),
    showsHidden: false,
  });
  if (matching !== 19) throw new Error(`${matching} topics match.`);
}

async function parseTopics(): Promise<void> {
  const { http } = generatedCluster({ topics: TOPICS });
  ((await get(http, '/v1/metadata/topics')) as { topics: string[] }).topics.sort();
}

async function readNewest(): Promise<void> {
  const { proxy } = generatedCluster({ partitions: PARTITIONS, records: RECORDS });
  const request = { topic: 't', from: { latestMinus: BigInt(RECORDS) }, newest: 100 };
  let count = 0;
  for await (const batch of await openReader(proxy, request)) count += batch.length;
  if (count !== 100) throw new Error(`There were ${count} messages.`);
}

async function callPartitions(): Promise<void> {
  const { http } = generatedCluster({ partitions: PARTITIONS, records: RECORDS });
  let next = 0;
  const work = async () => {
    for (let id = next++; id < PARTITIONS; id = next++) {
      await get(http, `/v1/consumer/topics/t/partitions/${id}/offsets/0?count=${RECORDS}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function get(http: Pick<HttpClient, 'request'>, path: string): Promise<unknown> {
  const url = new URL(path, GENERATED);
  return JSON.parse((await http.request({ method: 'GET', url, idempotent: true })).text);
}
