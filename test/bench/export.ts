import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openReader } from '../../src/core/reader';
import { exportFile } from '../../src/transfer/export/exportFile';
import { type ExportFormat, exportLayout } from '../../src/transfer/export/exportFormats';
import type { Benchmark } from './benchmark';
import { alternate, compare, type Row } from './rows';
import {
  type BenchEmulator,
  fetchAndParse,
  perSecond,
  readsRecords,
  startBenchEmulator,
} from './support';

const RECORD_BYTES = 300;
const TOPIC = 'bench';

/** Exports 300,000 records of 300 bytes to a file, and fetches the same pages with a bare loop. */
export const benchExport: Benchmark = async ({ quick }) => {
  const records = quick ? 60_000 : 300_000;
  const emulator = await startBenchEmulator({ topics: [`${TOPIC}:3:${records}:${RECORD_BYTES}`] });
  const folder = await mkdtemp(path.join(tmpdir(), 'kafka-rest-bench-'));
  try {
    const rows: Row[] = [];
    for (const format of ['jsonl', 'csv'] as const) {
      const file = path.join(folder, `${TOPIC}.${format}`);
      let pages: URL[] = [];
      const ways = {
        ours: () =>
          perSecond(records, () => {
            pages = [];
            return exportAll(emulator, { topic: TOPIC, format, file }, (url) => pages.push(url));
          }),
        bare: () => perSecond(records, () => fetchAndParse(pages, emulator)),
      };
      const { ours, bare } = await alternate(ways, { rounds: quick ? 3 : 5 });
      const { value, ...rest } = compare(ours, bare);
      const what = `export of ${records.toLocaleString('en')} × ${RECORD_BYTES} B to ${format}`;
      const yardstick = { what: 'bare reading, one by one', value };
      rows.push({ name: `export/${format}`, what, unit: 'records/s', ...rest, yardstick });
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true });
    emulator.stop();
  }
};

export interface Export {
  readonly topic: string;
  readonly format: ExportFormat;
  readonly file: string;
}

/** Exports a topic to a file. Tells `page` what it asks for; returns how many records there were. */
export async function exportAll(
  emulator: BenchEmulator,
  { topic, format, file }: Export,
  page: (url: URL) => unknown = () => undefined,
): Promise<number> {
  const proxy = emulator.proxy((url) => {
    if (readsRecords(url)) page(url);
  });
  const reader = await openReader(proxy, { topic, from: { at: 'earliest' } });
  const { records } = await exportFile(reader, file, exportLayout(format, topic));
  return records;
}
