import { MAX_REQUESTS } from '../../../../src/core/read/flow';
import { openReader } from '../../../../src/core/read/reader';
import { partitionCount, whole } from '../amount';
import type { Benchmark } from '../benchmark';
import { memoryRow } from '../memory';
import { alternate, compare, type Row } from '../rows';
import { type BenchEmulator, fetchAndParse, onEmulator, perSecond, readsRecords } from '../support';

const RECORD_BYTES = 1024;
/** About 2 MB, which is a lot for a page, and well below what the proxy gives at most. */
const PAGE_RECORDS = 2000;

/**
 * Reads 100,000 records of 1 KB from 1 and from 8 partitions to their end, each answer of the proxy
 * later by `latency` milliseconds. One yardstick is a bare loop that asks for one page of 2 MB
 * after the other; the ideal is one that asks for the reader's own pages, as many at once as the
 * reader may.
 */
export function benchRead(latency: number): Benchmark {
  return ({ quick }) => {
    const slow = latency >= 100;
    const records = quick ? (slow ? 10_000 : 30_000) : 100_000;
    const rounds = quick ? (slow ? 1 : 3) : slow ? 3 : 5;
    const topics = [1, 8].map((n) => `bench${n}:${n}:${records}:${RECORD_BYTES}`);
    return onEmulator({ topics, latency }, async (emulator) => {
      const rows: Row[] = [];
      for (const partitions of [1, 8]) {
        const part = {
          topic: `bench${partitions}`,
          partitions,
          records,
          pageRecords: PAGE_RECORDS,
        };
        const what =
          `reading ${whole(records)} × 1 KB from ${partitionCount(partitions)}, ` +
          `${latency} ms latency`;
        const options = { name: `read-${latency}ms/${partitions}`, what, unit: 'records/s' };
        rows.push(...(await compareReading(emulator, { ...part, rounds, ...options })));
      }
      return rows;
    });
  };
}

/** Reads 10 values of 5 MB. */
export const benchLargeValues: Benchmark = ({ quick }) =>
  onEmulator({ topics: [`bench:1:10:5000000`] }, (emulator) => {
    const how = {
      topic: 'bench',
      partitions: 1,
      records: 10,
      pageRecords: 1,
      rounds: quick ? 3 : 7,
    };
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
  readonly partitions: number;
  /** In the whole topic. */
  readonly records: number;
  /** How many records the loop that asks for one page after the other takes at once. */
  readonly pageRecords: number;
  readonly rounds: number;
}

/** Compares reading a topic to its end with bare loops. */
export async function compareReading(
  emulator: BenchEmulator,
  { name, what, unit, rounds, ...reading }: Reading,
): Promise<Row[]> {
  const { topic, records } = reading;
  let pages: URL[] = [];
  // Its pages are its own: ours may be small, which would cost it a wait each.
  const largePages = plainPages(emulator, reading);
  const connections = MAX_REQUESTS;
  const ways = {
    ours: () =>
      perSecond(records, () => {
        pages = [];
        return readAll(emulator, topic, (url) => pages.push(url));
      }),
    serial: () => perSecond(records, () => fetchAndParse(largePages, emulator)),
    pipelined: () => perSecond(records, () => fetchAndParse(pages, emulator, { connections })),
  };
  const { ours, serial, pipelined } = await alternate(ways, { rounds });
  const row = (kind: string, yardstick: string, series: readonly number[]): Row => {
    const { value, ...rest } = compare(ours, series);
    return { name: `${name}/${kind}`, what, unit, ...rest, yardstick: { what: yardstick, value } };
  };
  return [
    row('serial', 'bare, one by one', serial),
    row('pipelined', `bare, ${connections} at once`, pipelined),
  ];
}

/** The pages of a topic, partition by partition, of so many records each. */
function plainPages(
  { info }: BenchEmulator,
  {
    topic,
    partitions,
    records,
    pageRecords,
  }: Pick<Reading, 'topic' | 'partitions' | 'records' | 'pageRecords'>,
): URL[] {
  const pages: URL[] = [];
  for (let partition = 0; partition < partitions; partition += 1) {
    const path = `${info.endpoint}/v1/consumer/topics/${topic}/partitions/${partition}/offsets`;
    // The emulator deals the records out to the partitions in turn.
    const end = Math.ceil((records - partition) / partitions);
    for (let at = 0; at < end; at += pageRecords) {
      pages.push(new URL(`${path}/${at}?count=${Math.min(pageRecords, end - at)}`));
    }
  }
  return pages;
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
