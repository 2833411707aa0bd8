import { formats } from '../../src/core/format';
import { openReader } from '../../src/core/reader';
import type { Benchmark } from './benchmark';
import { alternate, compare } from './rows';
import {
  type BareRecord,
  type BenchEmulator,
  fetchAndParse,
  milliseconds,
  readsRecords,
  startBenchEmulator,
} from './support';

const RECORDS = 10_000;

/**
 * Makes the text of a document of 10,000 messages of 1 KB, from the first request on. The yardstick
 * fetches the same pages and lays the same out with `JSON.parse` and `JSON.stringify`.
 */
export const benchDocument: Benchmark = async ({ quick }) => {
  const emulator = await startBenchEmulator({ topics: [`bench:1:${RECORDS}:1024`] });
  try {
    let pages: URL[] = [];
    const ways = {
      ours: () =>
        milliseconds(async () => {
          pages = [];
          await readDocument(emulator, 'bench', (url) => pages.push(url));
        }),
      bare: () => milliseconds(() => bareDocument(emulator, pages)),
    };
    const { ours, bare } = await alternate(ways, { rounds: quick ? 5 : 15, warmUps: 3 });
    const { value, ...rest } = compare(ours, bare);
    const what = `document of ${RECORDS.toLocaleString('en')} × 1 KB, from the request on`;
    const yardstick = { what: 'bare, JSON.stringify', value };
    return [{ name: 'document', what, unit: 'ms', ...rest, yardstick }];
  } finally {
    emulator.stop();
  }
};

/** As the extension does it: client, reader, format. Tells `page` what it asks for. */
export async function readDocument(
  emulator: BenchEmulator,
  topic: string,
  page: (url: URL) => unknown = () => undefined,
): Promise<string> {
  const proxy = emulator.proxy((url) => {
    if (readsRecords(url)) page(url);
  });
  const reader = await openReader(proxy, { topic, from: { at: 'earliest' } });
  const { begin, separator, end, records } = formats.json;
  const texts: string[] = [];
  for await (const batch of reader) texts.push(records(batch));
  return begin + texts.join(separator) + end;
}

async function bareDocument(emulator: BenchEmulator, pages: readonly URL[]): Promise<string> {
  const all: unknown[] = [];
  const use = (records: readonly BareRecord[]) => {
    for (const record of records)
      all.push({ ...record, value: JSON.parse(record.value) as unknown });
  };
  await fetchAndParse(pages, emulator, { use });
  return JSON.stringify(all, null, 2);
}
