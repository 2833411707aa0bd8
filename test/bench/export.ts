import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openReader } from '../../src/core/reader';
import { exportFile } from '../../src/transfer/export/exportFile';
import { type ExportFormat, exportLayout } from '../../src/transfer/export/exportFormats';
import { median } from './median';
import {
  type BenchEmulator,
  fetchAndParse,
  perSecond,
  readsRecords,
  startBenchEmulator,
  whole,
} from './support';

const RECORDS = 300_000;
const RECORD_BYTES = 300;
const TOPIC = 'bench';
const RUNS = 3;
/** What the ratio has to be at least. */
const GOAL = 0.7;
const MIB = 1024 * 1024;

/** Medians, and the most memory of all runs. */
interface ExportResult {
  readonly format: ExportFormat;
  /** Records per second from the emulator into a file. */
  readonly exported: number;
  /** Records per second of a bare loop that fetches the same pages and parses them. */
  readonly bare: number;
  /** Bytes of the process, at the most and before. */
  readonly peak: number;
  readonly before: number;
  /** Of the file. */
  readonly bytes: number;
}

/**
 * Exports 300,000 records of 300 bytes from an emulator in a process of its own to a file, and fetches
 * the same pages with a bare loop, in turn.
 *
 * @returns lines to print
 */
export async function benchExport(): Promise<string[]> {
  const emulator = await startBenchEmulator([`${TOPIC}:3:${RECORDS}:${RECORD_BYTES}`]);
  const folder = await mkdtemp(path.join(tmpdir(), 'kafka-rest-bench-'));
  try {
    const lines: string[] = [];
    for (const format of ['jsonl', 'csv'] as const) {
      lines.push(describe(await compare(emulator, format, folder)));
    }
    return lines;
  } finally {
    await rm(folder, { recursive: true });
    emulator.stop();
  }
}

async function compare(
  emulator: BenchEmulator,
  format: ExportFormat,
  folder: string,
): Promise<ExportResult> {
  const file = path.join(folder, `${TOPIC}.${format}`);
  const [exported, bare]: [number[], number[]] = [[], []];
  const before = process.memoryUsage.rss();
  let peak = 0;
  // The first run warms up and is not counted.
  for (let run = 0; run <= RUNS; run++) {
    const pages: URL[] = [];
    const ours = await perSecond(RECORDS, async () => {
      const proxy = emulator.proxy((url) => {
        if (readsRecords(url)) pages.push(url);
      });
      const reader = await openReader(proxy, { topic: TOPIC, from: { at: 'earliest' } });
      const onProgress = () => {
        peak = Math.max(peak, process.memoryUsage.rss());
      };
      const { records } = await exportFile(reader, file, exportLayout(format, TOPIC), {
        onProgress,
      });
      return records;
    });
    const theirs = await perSecond(RECORDS, () => fetchAndParse(pages, emulator));
    if (run > 0) {
      exported.push(ours);
      bare.push(theirs);
    }
  }
  const { size } = await stat(file);
  return { format, exported: median(exported), bare: median(bare), peak, before, bytes: size };
}

function describe({ format, exported, bare, peak, before, bytes }: ExportResult): string {
  return (
    `export ${whole(RECORDS)} records of ${RECORD_BYTES} bytes to ${format}: ` +
    `${whole(exported)} records/s, ${whole(bare)} bare, ` +
    `ratio ${(exported / bare).toFixed(2)} (goal ${GOAL}); ` +
    `file ${whole(bytes / MIB)} MiB, memory ${whole(peak / MIB)} MiB at most, ` +
    `${whole(before / MIB)} before`
  );
}

if (require.main === module) {
  void benchExport().then((lines) => {
    for (const line of lines) console.log(line);
  });
}
