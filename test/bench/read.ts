import { openReader, readerDefaults } from '../../src/core/reader';
import { partitionCount, whole } from './amount';
import type { Benchmark } from './benchmark';
import { memoryRow } from './memory';
import { alternate, compare, type Row } from './rows';
import { type BenchEmulator, fetchAndParse, onEmulator, perSecond, readsRecords } from './support';

const RECORD_BYTES = 1024;

/**
 * Reads 100,000 records of 1 KB from 1 and from 8 partitions to their end, each answer of the proxy
 * later by `latency` milliseconds; and beside it the same pages with bare loops: one request after the
 * other, and so many at once as the reader may.
 */
export function benchRead(latency: number): Benchmark {
  return ({ quick }) => {
    const records = quick ? 30_000 : 100_000;
    const rounds = quick || latency >= 100 ? 3 : 5;
    const topics = [1, 8].map((n) => `bench${n}:${n}:${records}:${RECORD_BYTES}`);
    return onEmulator({ topics, latency }, async (emulator) => {
      const rows: Row[] = [];
      for (const partitions of [1, 8]) {
        const topic = `bench${partitions}`;
        const what =
          `reading ${whole(records)} × 1 KB from ${partitionCount(partitions)}, ` +
          `${latency} ms latency`;
        const options = { name: `read-${latency}ms/${partitions}`, what, unit: 'records/s' };
        rows.push(...(await compareReading(emulator, { topic, records, rounds, ...options })));
      }
      return rows;
    });
  };
}

/** Reads 10 values of 5 MB. */
export const benchLargeValues: Benchmark = ({ quick }) =>
  onEmulator({ topics: [`bench:1:10:5000000`] }, (emulator) => {
    const how = { topic: 'bench', records: 10, rounds: quick ? 3 : 7 };
    const what = 'reading 10 × 5 MB from one partition';
    return compareReading(emulator, { ...how, name: 'large', what, unit: 'records/s' });
  });

/** What memory takes a read of so many values of so many bytes to its end, from 8 partitions. */
export function memoryOfReading(name: string, count: number, bytes: number): Benchmark {
  return ({ quick }) => {
    const records = quick ? Math.ceil(count / 4) : count;
    const topics = [`bench:8:${records}:${bytes}`, 'little:8:1000:1024'];
    return onEmulator({ topics }, async (emulator) => [
      await memoryRow({
        name,
        what: `reading ${whole(records)} × ${whole(bytes)} B from 8 partitions`,
        bytes: records * bytes,
        warmUp: () => readAll(emulator, 'little'),
        run: () => readAll(emulator, 'bench'),
      }),
    ]);
  };
}

interface Reading extends Pick<Row, 'name' | 'what' | 'unit'> {
  readonly topic: string;
  readonly records: number;
  readonly rounds: number;
}

async function compareReading(
  emulator: BenchEmulator,
  { topic, records, rounds, name, what, unit }: Reading,
): Promise<Row[]> {
  let pages: URL[] = [];
  const bare = (connections: number) => () =>
    perSecond(records, () => fetchAndParse(pages, emulator, { connections }));
  const ways = {
    ours: () =>
      perSecond(records, () => {
        pages = [];
        return readAll(emulator, topic, (url) => pages.push(url));
      }),
    serial: bare(1),
    pipelined: bare(readerDefaults.requests),
  };
  const { ours, serial, pipelined } = await alternate(ways, { rounds });
  const row = (kind: string, yardstick: string, series: readonly number[]): Row => {
    const { value, ...rest } = compare(ours, series);
    return { name: `${name}/${kind}`, what, unit, ...rest, yardstick: { what: yardstick, value } };
  };
  return [
    row('serial', 'bare, one by one', serial),
    row('pipelined', `bare, ${readerDefaults.requests} at once`, pipelined),
  ];
}

/** As the extension does it: client, reader, merged order. Tells `page` what it asks for. */
export async function readAll(
  emulator: BenchEmulator,
  topic: string,
  page: (url: URL) => unknown = () => undefined,
): Promise<number> {
  const proxy = emulator.proxy((url) => {
    if (readsRecords(url)) page(url);
  });
  const reader = await openReader(proxy, { topic, from: { at: 'earliest' } });
  let records = 0;
  for await (const batch of reader) records += batch.length;
  return records;
}
