import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { KafkaProxy } from '../../src/core/kafka';
import { localFolder } from '../../src/transfer/bulk/localFolder';
import { openFileRun } from '../../src/transfer/bulk/produceFile';
import { median } from './median';
import { type BenchEmulator, perSecond, startBenchEmulator, whole } from './support';

const RECORDS = 300_000;
const VALUE_BYTES = 200;
const RUNS = 3;
/** How many requests are under way at once, if there are so many partitions. */
const REQUESTS = 4;
/** What the ratio has to be at least. */
const GOAL = 0.7;
const MIB = 1024 * 1024;
const NAME = 'bench.jsonl';

/** A request of a run, to be sent again. */
interface Call {
  readonly url: URL;
  readonly body: string;
}

/**
 * Produces a JSON Lines file of 300,000 records to an emulator in a process of its own, and sends the
 * same requests with a bare loop, in turn.
 *
 * @returns lines to print
 */
export async function benchBulkProduce(): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kafka-rest-bench-'));
  const emulator = await startBenchEmulator([], 1_000);
  try {
    await pipeline(fileLines(), createWriteStream(path.join(folder, NAME)));
    const memory = await memoryOf(() => produce(emulator.proxy(), folder, 'memory', 3));
    const lines: string[] = [];
    for (const partitions of [1, 3]) lines.push(await compare(emulator, folder, partitions));
    return [...lines, memory];
  } finally {
    await rm(folder, { recursive: true });
    emulator.stop();
  }
}

async function compare(
  emulator: BenchEmulator,
  folder: string,
  partitions: number,
): Promise<string> {
  const topic = `bench${partitions}`;
  const calls: Call[] = [];
  const recording = emulator.proxy((url, body) => {
    if (body !== undefined && url.pathname.includes('/producer/')) calls.push({ url, body });
  });
  // Warms up, and is not counted.
  await produce(recording, folder, topic, partitions);
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run++) {
    ours.push(await perSecond(RECORDS, () => produce(emulator.proxy(), folder, topic, partitions)));
    bare.push(
      await perSecond(RECORDS, () => sendAgain(calls, emulator, Math.min(REQUESTS, partitions))),
    );
  }
  const [a, b] = [median(ours), median(bare)];
  return (
    `${whole(RECORDS)} records of ${VALUE_BYTES} bytes, ${partitions} partition(s): ` +
    `${whole(a)} records/s, ${whole(b)} bare, ratio ${(a / b).toFixed(2)} (goal ${GOAL})`
  );
}

/** As the extension does it: file, import, batches, requests. Returns how many were accepted. */
async function produce(
  proxy: KafkaProxy,
  folder: string,
  topic: string,
  partitions: number,
): Promise<number> {
  const known = await proxy.topics();
  if (!known.some(({ name }) => name === topic)) {
    await proxy.createTopic({ name: topic, partitionCount: partitions });
  }
  const file = {
    name: NAME,
    folder: localFolder(folder),
    read: () => createReadStream(path.join(folder, NAME), { highWaterMark: 256 * 1024 }),
  };
  const ids = Array.from({ length: partitions }, (_, id) => id);
  const options = { topic, partitions: ids, onBad: 'stop', requests: REQUESTS } as const;
  const { accepted } = await (await openFileRun(proxy, file, { format: 'jsonl' }, options)).run();
  return accepted;
}

/** The bare loop: the same bodies over as many connections, each waiting for its answers. */
async function sendAgain(
  calls: readonly Call[],
  { agent, token }: BenchEmulator,
  connections: number,
): Promise<number> {
  const headers = {
    authorization: `Bearer ${await token.token({})}`,
    'content-type': 'application/json',
  };
  let next = 0;
  const work = async (): Promise<void> => {
    for (let call = calls[next++]; call; call = calls[next++]) {
      const sent = request(call.url, { method: 'POST', agent, headers }).end(call.body);
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
      await once(response.resume(), 'end');
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  return RECORDS;
}

function* fileLines(): Generator<string> {
  const text = 'abcdefghijklmnopqrstuvwxyz0123456789'.repeat(VALUE_BYTES / 36 + 1);
  let lines = '';
  for (let n = 0; n < RECORDS; n++) {
    const open = `{"n":${n},"text":"`;
    lines += `{"key":"key-${n}","value":${open}${text.slice(0, VALUE_BYTES - open.length - 2)}"}}\n`;
    if (n % 1000 < 999) continue;
    yield lines;
    lines = '';
  }
}

/** What a run needs of memory, which a process that has done nothing else can tell. */
async function memoryOf(run: () => Promise<number>): Promise<string> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  await run();
  clearInterval(timer);
  return `memory ${whole(peak / MIB)} MiB at most, ${whole(before / MIB)} before`;
}

if (require.main === module) {
  void benchBulkProduce().then((lines) => {
    for (const line of lines) console.log(line);
  });
}
