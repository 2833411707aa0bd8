import { formats } from '../../../../src/core/message/format';
import { openReader } from '../../../../src/core/read/reader';
import { whole } from '../amount';
import type { Benchmark } from '../benchmark';
import { memoryRow } from '../memory';
import { alternate, compare } from '../rows';
import {
  type BareRecord,
  type BenchEmulator,
  fetchAndParse,
  milliseconds,
  onEmulator,
  readsRecords,
} from '../support';

const RECORDS = 10_000;
const WHAT = `document of ${whole(RECORDS)} × 1 KB`;

/**
 * Makes the text of a document of 10,000 messages of 1 KB, from the first request on. The yardstick
 * fetches the same pages and lays the same out with `JSON.parse` and `JSON.stringify`.
 */
export const benchDocument: Benchmark = ({ quick }) =>
  onEmulator({ topics: [`bench:1:${RECORDS}:1024`] }, async (emulator) => {
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
    const what = `${WHAT}, from the request on`;
    const yardstick = { what: 'bare, JSON.stringify', value };
    return [{ name: 'document', what, unit: 'ms', ...rest, yardstick }];
  });

/** What memory that takes, the text included. */
export const memoryOfDocument: Benchmark = () =>
  onEmulator({ topics: [`bench:1:${RECORDS}:1024`, 'little:1:100:1024'] }, async (emulator) => [
    await memoryRow({
      name: 'memory-document',
      what: WHAT,
      bytes: RECORDS * 1024,
      warmUp: () => readDocument(emulator, 'little'),
      run: () => readDocument(emulator, 'bench'),
    }),
  ]);

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
