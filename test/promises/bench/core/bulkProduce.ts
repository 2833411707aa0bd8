import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { KafkaProxy } from '../../../../src/core/kafka';
import { localFolder } from '../../../../src/transfer/bulk/localFolder';
import { openFileRun } from '../../../../src/transfer/bulk/produceFile';
import { partitionCount, whole } from '../amount';
import type { Benchmark } from '../benchmark';
import { memoryRow } from '../memory';
import { alternate, compare, type Row } from '../rows';
import { type BenchEmulator, onEmulator, perSecond } from '../support';

const VALUE_BYTES = 200;
/** How many requests are under way at once, if there are so many partitions. */
const REQUESTS = 4;

/** A request of a run, to be sent again. */
interface Call {
  readonly url: URL;
  readonly body: string | Buffer;
}

/** Produces a JSON Lines file of 100,000 records, and sends the same requests with a bare loop. */
export const benchBulkProduce: Benchmark = ({ quick }) => {
  const records = recordsOf(quick);
  return withFiles([records], async (emulator, [file = '']) => {
    const compareProducing = async (partitions: number): Promise<Row> => {
      const target = { topic: `bench${partitions}`, partitions };
      let calls: Call[] = [];
      const produce = () => {
        calls = [];
        const recording = emulator.proxy((url, body) => {
          if (body !== undefined && url.pathname.includes('/producer/')) calls.push({ url, body });
        });
        return produceFile(recording, file, target);
      };
      const sendAgain = async () => {
        await sendAll(calls, emulator, Math.min(REQUESTS, partitions));
        return records;
      };
      const ways = {
        ours: () => perSecond(records, produce),
        bare: () => perSecond(records, sendAgain),
      };
      const { ours, bare } = await alternate(ways, { rounds: quick ? 1 : 3 });
      const { value, ...rest } = compare(ours, bare);
      const yardstick = { what: 'bare calls, same bodies', value };
      const what = describe(records, partitions);
      return { name: `produce/${partitions}`, what, unit: 'records/s', ...rest, yardstick };
    };
    return [await compareProducing(1), await compareProducing(3)];
  });
};

export const memoryOfBulkProduce: Benchmark = ({ quick }) => {
  const records = recordsOf(quick);
  return withFiles([records, 1000], async (emulator, [file = '', little = '']) => {
    const target = { topic: 'bench', partitions: 3 };
    return [
      await memoryRow({
        name: 'memory-produce',
        what: describe(records, 3),
        bytes: records * VALUE_BYTES,
        warmUp: () => produceFile(emulator.proxy(), little, target),
        run: () => produceFile(emulator.proxy(), file, target),
      }),
    ];
  });
};

function recordsOf(quick: boolean): number {
  return quick ? 60_000 : 100_000;
}

function describe(records: number, partitions: number): string {
  return `file of ${whole(records)} × ${VALUE_BYTES} B to ${partitionCount(partitions)}`;
}

/** Does something with an emulator and with files of so many records each. */
async function withFiles<T>(
  records: readonly number[],
  action: (emulator: BenchEmulator, files: readonly string[]) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kafka-rest-bench-'));
  try {
    const files: string[] = [];
    for (const count of records) files.push(await writeJsonLines(folder, count));
    const options = { topics: [], retention: 1_000 };
    return await onEmulator(options, (emulator) => action(emulator, files));
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Target {
  readonly topic: string;
  readonly partitions: number;
}

/** As the extension does it: file, import, batches, requests. Returns how many were accepted. */
async function produceFile(
  proxy: KafkaProxy,
  file: string,
  { topic, partitions }: Target,
): Promise<number> {
  const known = await proxy.topics();
  if (!known.some(({ name }) => name === topic)) {
    await proxy.createTopic({ name: topic, partitionCount: partitions });
  }
  const source = {
    name: path.basename(file),
    folder: localFolder(path.dirname(file)),
    read: () => createReadStream(file, { highWaterMark: 256 * 1024 }),
  };
  const ids = Array.from({ length: partitions }, (_, id) => id);
  const options = { topic, partitions: ids, onBad: 'stop', requests: REQUESTS } as const;
  const { accepted } = await (await openFileRun(proxy, source, { format: 'jsonl' }, options)).run();
  return accepted;
}

/** The bare loop: the same bodies over as many connections, each waiting for its answers. */
async function sendAll(
  calls: readonly Call[],
  { agent, token }: BenchEmulator,
  connections: number,
): Promise<void> {
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
}

/** Writes a file of so many records of 200 bytes, and returns its path. */
async function writeJsonLines(folder: string, records: number): Promise<string> {
  const file = path.join(folder, `${records}.jsonl`);
  await pipeline(lines(records), createWriteStream(file));
  return file;
}

function* lines(records: number): Generator<string> {
  const text = 'abcdefghijklmnopqrstuvwxyz0123456789'.repeat(VALUE_BYTES / 36 + 1);
  let lines = '';
  for (let n = 0; n < records; n++) {
    const open = `{"n":${n},"text":"`;
    lines += `{"key":"key-${n}","value":${open}${text.slice(0, VALUE_BYTES - open.length - 2)}"}}\n`;
    if (n % 1000 < 999) continue;
    yield lines;
    lines = '';
  }
  yield lines;
}
