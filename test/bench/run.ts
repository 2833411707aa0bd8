// `npm run bench [-- NAME...]`: measures what the project has promised.
import { checkNode, exitOnSignals, npm, run } from '../support/host/processes';
import { benchActivation } from './activation';
import { benchBulkProduce } from './bulkProduce';
import { benchFilter } from './filter';
import { benchExport } from './export';
import { benchLanguage } from './language';
import { benchRead, describeRead } from './read';

/** Each gives lines to print. */
const benchmarks = new Map<string, () => Promise<string[]>>([
  ['activation', benchActivation],
  ['filter', benchFilter],
  ['language', benchLanguage],
  ['export', benchExport],
  ['produce', benchBulkProduce],
  ['scroll', benchScroll],
  ['read', async () => (await benchRead()).map(describeRead)],
]);

/** In a process of its own, whose code knows the browser's types. */
async function benchScroll(): Promise<string[]> {
  const args = ['--import', 'tsx', 'test/webview/scrollBench.ts'];
  return (await run(process.execPath, args)).trim().split('\n');
}

/** Packs, and measures each in a process of its own, so that none is in the memory of another. */
async function main(names: readonly string[]): Promise<void> {
  checkNode();
  const [, alone] = /^--alone=(.*)$/.exec(names[0] ?? '') ?? [];
  const benchmark = benchmarks.get(alone ?? '');
  if (alone !== undefined && benchmark) {
    for (const text of await benchmark()) console.log(`${alone.padEnd(12)}${text}`);
    return;
  }
  const unknown = names.find((name) => !benchmarks.has(name));
  if (unknown !== undefined) {
    throw new Error(`There is no benchmark ${unknown}, only ${[...benchmarks.keys()].join(', ')}.`);
  }
  console.error('Packing the extension ...');
  await npm(['run', 'package']);
  for (const name of names.length > 0 ? names : benchmarks.keys()) {
    console.error(`Measuring ${name} ...`);
    const args = ['--import', 'tsx', 'test/bench/run.ts', `--alone=${name}`];
    process.stdout.write(await run(process.execPath, args));
  }
}

exitOnSignals();
main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
