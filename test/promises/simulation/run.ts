// `npm run simulate`: what is between the product and a cluster, from a seed, in virtual time.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { exitOnSignals } from '../../support/host/processes';
import { buildSimulation } from './build';
import { runSeeds, seedsFrom } from './seeds';

const SEEDS = 10_000;
/** After so many failures the others tell nothing new. */
const ENOUGH = 10;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { seed: { type: 'string' }, seeds: { type: 'string' } },
  });
  const first = Number(values.seed ?? 1);
  const isOne = values.seed !== undefined && values.seeds === undefined;
  const count = isOne ? 1 : Number(values.seeds ?? SEEDS);
  if (!Number.isSafeInteger(first) || !(Number.isSafeInteger(count) && count > 0)) {
    throw new Error('usage: npm run simulate -- [--seeds N] [--seed N]');
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'kafka-rest-simulation-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const bundle = path.join(folder, 'worker.cjs');
  await buildSimulation(bundle);
  const from = performance.now();
  let [held, requests, failed] = [0, 0, 0];
  await runSeeds(bundle, seedsFrom(first, count), {
    traced: isOne,
    onOutcome: (outcome) => {
      requests += outcome.requests;
      for (const line of outcome.trace) console.log(line);
      if (outcome.violation === undefined) held++;
      else {
        failed++;
        console.log(`seed ${outcome.seed}: ${outcome.violation}`);
        if (!isOne) console.log(`  npm run simulate -- --seed ${outcome.seed}`);
      }
      if ((held + failed) % 1_000 === 0) console.log(`${held + failed} seeds`);
      return failed < ENOUGH;
    },
  });
  const seconds = (performance.now() - from) / 1000;
  const rate = ((held + failed) / seconds).toFixed(1);
  console.log(
    `${held} of ${held + failed} seeds held, ${requests} requests, ${seconds.toFixed(1)} s, ${rate} seeds/s`,
  );
  process.exit(failed > 0 ? 1 : 0);
}

exitOnSignals();
main().catch((error: unknown) => {
  console.log(error instanceof Error ? error.message : error);
  process.exit(1);
});
