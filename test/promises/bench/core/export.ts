import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openReader } from '../../../../src/core/read/reader';
import { exportFile } from '../../../../src/transfer/export/exportFile';
import { type ExportFormat, exportLayout } from '../../../../src/transfer/export/exportFormats';
import { whole } from '../amount';
import type { Benchmark } from '../benchmark';
import { memoryRow } from '../memory';
import { alternate, compare, type Row } from '../rows';
import { type BenchEmulator, fetchAndParse, onEmulator, perSecond, readsRecords } from '../support';

const RECORD_BYTES = 300;
const TOPIC = 'bench';

/** Exports 300,000 records of 300 bytes to a file, and fetches the same pages with a bare loop. */
export const benchExport: Benchmark = ({ quick }) => {
  const records = recordsOf(quick);
  return onEmulator({ topics: [topicOf(records)] }, async (emulator) => {
    const rows: Row[] = [];
    for (const format of ['jsonl', 'csv'] as const) {
      let pages: URL[] = [];
      const ways = {
        ours: () =>
          perSecond(records, () => {
            pages = [];
            return exportAll(emulator, TOPIC, format, (url) => pages.push(url));
          }),
        bare: () => perSecond(records, () => fetchAndParse(pages, emulator)),
      };
      const { ours, bare } = await alternate(ways, { rounds: 3 });
      const { value, ...rest } = compare(ours, bare);
      const what = describe(records, format);
      const yardstick = { what: 'bare reading, one by one', value };
      rows.push({ name: `export/${format}`, what, unit: 'records/s', ...rest, yardstick });
    }
    return rows;
  });
};

export const memoryOfExport: Benchmark = ({ quick }) => {
  const records = recordsOf(quick);
  const topics = [topicOf(records), 'little:3:1000:300'];
  return onEmulator({ topics }, async (emulator) => [
    await memoryRow({
      name: 'memory-export',
      what: describe(records, 'jsonl'),
      bytes: records * RECORD_BYTES,
      warmUp: () => exportAll(emulator, 'little', 'jsonl'),
      run: () => exportAll(emulator, TOPIC, 'jsonl'),
    }),
  ]);
};

function recordsOf(quick: boolean): number {
  return quick ? 60_000 : 300_000;
}

function topicOf(records: number): string {
  return `${TOPIC}:3:${records}:${RECORD_BYTES}`;
}

function describe(records: number, format: ExportFormat): string {
  return `export of ${whole(records)} × ${RECORD_BYTES} B to ${format}`;
}

/**
 * Exports a topic to a file. Tells `page` what it asks for; returns how many records there were.
 */
async function exportAll(
  emulator: BenchEmulator,
  topic: string,
  format: ExportFormat,
  page: (url: URL) => unknown = () => undefined,
): Promise<number> {
  const proxy = emulator.proxy((url) => {
    if (readsRecords(url)) page(url);
  });
  const reader = await openReader(proxy, { topic, from: { at: 'earliest' } });
  const folder = await mkdtemp(path.join(tmpdir(), 'kafka-rest-bench-'));
  try {
    const file = path.join(folder, `${topic}.${format}`);
    return (await exportFile(reader, file, exportLayout(format, topic))).records;
  } finally {
    await rm(folder, { recursive: true });
  }
}
