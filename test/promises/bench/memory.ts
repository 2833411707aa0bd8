import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Row } from './rows';

const MIB = 1024 * 1024;
const RUNS = 3;
const SAMPLE_MS = 5;

/** Something whose memory is measured, in a process that does nothing else. */
export interface Work {
  readonly name: string;
  readonly what: string;
  /** Of values, in a run. */
  readonly bytes: number;
  /** Does a little of it, so that all code is there. */
  readonly warmUp: () => Promise<unknown>;
  readonly run: () => Promise<unknown>;
  /** The highest of so many runs counts; 3. */
  readonly runs?: number;
}

/**
 * What the process takes of memory at the most (its resident set) above what it took before, beside
 * the bytes that a run moves.
 */
export async function memoryRow({
  name,
  what,
  bytes,
  warmUp,
  run,
  runs = RUNS,
}: Work): Promise<Row> {
  await warmUp();
  const idle = await idleMemory();
  const highest = highestMemory();
  let peak = idle;
  const sample = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(sample, SAMPLE_MS);
  for (let round = 0; round < runs; round += 1) {
    await run();
    sample();
  }
  clearInterval(timer);
  // Exact, but of the whole life of the process: of use only if it was higher now than ever before.
  if (highestMemory() > highest) peak = highestMemory();
  return {
    name,
    what: `memory above idle, ${what}`,
    unit: 'MiB',
    ours: (peak - idle) / MIB,
    yardstick: { what: 'moved', value: bytes / MIB },
  };
}

function highestMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}

/** Without garbage, and without what the allocator gives back a little later. */
async function idleMemory(): Promise<number> {
  setFlagsFromString('--expose-gc');
  for (let round = 0; round < 3; round += 1) {
    runInNewContext('gc()');
    await wait(50);
  }
  return process.memoryUsage.rss();
}
