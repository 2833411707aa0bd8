import { formats } from '../../src/core/format';
import { openReader } from '../../src/core/reader';
import { median } from './median';
import {
  type BenchEmulator,
  fetchAndParse,
  perSecond,
  readsRecords,
  startBenchEmulator,
  whole,
} from './support';

const RECORDS = 100_000;
const RECORD_BYTES = 1024;
const RUNS = 5;
/** What the ratio has to be at least. */
export const READ_GOAL = 0.6;

/** Medians, for a topic of so many partitions. */
export interface ReadResult {
  readonly partitions: number;
  /** Records per second from the emulator into the text of a JSON document. */
  readonly document: number;
  /** Records per second of a bare loop that fetches the same pages and parses them. */
  readonly bare: number;
  readonly ratio: number;
}

/**
 * Reads 100,000 records of 1 KB from an emulator in a process of its own, over HTTPS and with a token:
 * by the way that the extension takes, and with a bare keep-alive loop for comparison, in turn.
 */
export async function benchRead(): Promise<readonly ReadResult[]> {
  const partitions = [1, 3];
  const emulator = await startBenchEmulator(
    partitions.map((n) => `bench${n}:${n}:${RECORDS}:${RECORD_BYTES}`),
  );
  try {
    const results: ReadResult[] = [];
    for (const n of partitions) results.push(await compare(emulator, n));
    return results;
  } finally {
    emulator.stop();
  }
}

async function compare(emulator: BenchEmulator, partitions: number): Promise<ReadResult> {
  const document: number[] = [];
  const bare: number[] = [];
  // The first run warms up and is not counted.
  for (let run = 0; run <= RUNS; run++) {
    const pages: URL[] = [];
    const ours = await perSecond(RECORDS, () =>
      readDocument(emulator, `bench${partitions}`, pages),
    );
    const theirs = await perSecond(RECORDS, () => fetchAndParse(pages, emulator));
    if (run > 0) {
      document.push(ours);
      bare.push(theirs);
    }
  }
  const [a, b] = [median(document), median(bare)];
  return { partitions, document: a, bare: b, ratio: a / b };
}

/** As the extension does it: client, reader, merged order, document. Adds what it asks for to `pages`. */
async function readDocument(emulator: BenchEmulator, topic: string, pages: URL[]): Promise<number> {
  const proxy = emulator.proxy((url) => {
    if (readsRecords(url)) pages.push(url);
  });
  const reader = await openReader(proxy, { topic, from: { at: 'earliest' } });
  const { begin, separator, end, records } = formats.json;
  const texts: string[] = [];
  for await (const batch of reader) texts.push(records(batch));
  const document = begin + texts.join(separator) + end;
  if (document.length < RECORDS * RECORD_BYTES) throw new Error('The document is too short.');
  return reader.records;
}

/** One line a result, as the bench runner prints it. */
export function describeRead({ partitions, document, bare, ratio }: ReadResult): string {
  return (
    `read ${whole(RECORDS)} records of 1 KB, ${partitions} partition(s): ` +
    `${whole(document)} records/s into a document, ${whole(bare)} bare, ` +
    `ratio ${ratio.toFixed(2)} (goal ${READ_GOAL})`
  );
}

if (require.main === module) {
  void benchRead().then((results) => {
    for (const result of results) console.log(describeRead(result));
  });
}
