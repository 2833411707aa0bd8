// `npm run soak`: a person's two hours with the extension, in ten minutes, while things go wrong.
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { exitOnSignals } from '../../support/host/processes';
import { Soak } from './soak';
import { startWitness } from './witnessClient';

/**
 * The seed of each run that does not name one: so that a run can be compared with the one before.
 */
const SEED = 20261122;

/** The exit status after Ctrl+C. */
const INTERRUPTED = 130;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      minutes: { type: 'string', default: '10' },
      plant: { type: 'string' },
    },
  });
  const seed = Number(values.seed ?? SEED);
  const minutes = Number(values.minutes);
  if (!Number.isSafeInteger(seed) || !(minutes >= 0.2 && minutes <= 600)) {
    throw new Error('usage: npm run soak -- [--seed=N] [--minutes=0.2..600] [--plant=leak|double]');
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'kafka-rest-soak-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const witness = await startWitness();
  // Whatever the product puts aside is seen there.
  const own = path.join(folder, 'person');
  await mkdir(own);
  process.env['TMPDIR'] = process.env['TEMP'] = process.env['TMP'] = own;
  const { plant } = values;
  const soak = await Soak.begin({ seed, minutes, plant, folder: own, witness, stop });
  const well = await soak.run();
  await witness.stop();
  // Where something is wrong, something may still be under way.
  process.exit(!well ? 1 : stop.aborted ? INTERRUPTED : 0);
}

/** Aborts on Ctrl+C, for the soak to sum up what it has. Pressed again, that ends it at once. */
function stopOnInterrupt(): AbortSignal {
  const stop = new AbortController();
  let first: number | undefined;
  process.on('SIGINT', () => {
    first ??= performance.now();
    // npm passes on what the terminal has sent already.
    if (performance.now() - first > 1000) process.exit(INTERRUPTED);
    stop.abort();
  });
  return stop.signal;
}

exitOnSignals(1, ['SIGTERM', 'SIGHUP']);
const stop = stopOnInterrupt();
main().catch((error: unknown) => {
  // Before the witness was ready, Ctrl+C has ended it.
  if (stop.aborted) process.exit(INTERRUPTED);
  console.log(error);
  process.exit(1);
});
