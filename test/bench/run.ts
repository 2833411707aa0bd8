// `npm run bench [-- NAME... --quick --check]`: every figure of the project, each beside a yardstick.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkNode, exitOnSignals, npm, root, run } from '../support/host/processes';
import { benchActivation } from './activation';
import type { Benchmark, BenchmarkOptions } from './benchmark';
import { measured } from './benchmarks';
import { bundle } from './bundle';
import { check, type Limits } from './limits';
import { describeMachine, waitUntilIdle } from './machine';
import { ratio, type Row } from './rows';
import { benchScroll } from './scroll';
import { table } from './table';

const usage = `Usage: npm run bench -- [NAME...] [--quick] [--check]

  NAME       measure only what begins with it, as in \`read\` or \`read-0ms\`
  --quick    fewer and smaller runs, held against the generous limits
  --check    fail where a row misses its line in bench/limits.json
`;

/** Measures in another process, which runs the bundle. */
function elsewhere(name: string): Benchmark {
  return async ({ quick }) => {
    const args = ['out/bench/measured.js', name, ...(quick ? ['--quick'] : [])];
    return JSON.parse(await run(process.execPath, args)) as readonly Row[];
  };
}

const benchmarks = new Map<string, Benchmark>([
  ['activation', benchActivation],
  ...Object.keys(measured).map((name) => [name, elsewhere(name)] as const),
  ['scroll', benchScroll],
]);

async function main(): Promise<void> {
  checkNode();
  const { positionals, values } = parseArgs({
    options: { quick: { type: 'boolean' }, check: { type: 'boolean' }, help: { type: 'boolean' } },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const quick = values.quick ?? false;
  const chosen = choose(positionals);
  console.error('Packing the extension ...');
  await Promise.all([npm(['run', 'package']), bundle()]);
  const rows = await measure(chosen, { quick });
  const limits = JSON.parse(await readFile(path.join(root, 'bench/limits.json'), 'utf8')) as Limits;
  for (const line of table(rows, limits, quick)) console.log(line);
  await write(rows, quick);
  if (!values.check) return;
  const complete = positionals.length === 0;
  const problems = check(rows, limits, { quick, complete });
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log('Every row is within its limit.');
}

/** The names of the benchmarks that begin with one of these; all for none. */
function choose(names: readonly string[]): string[] {
  const all = [...benchmarks.keys()];
  const unknown = names.find((name) => !all.some((known) => known.startsWith(name)));
  if (unknown !== undefined)
    throw new Error(`There is no benchmark ${unknown}, only ${all.join(', ')}.`);
  return names.length === 0
    ? all
    : all.filter((known) => names.some((name) => known.startsWith(name)));
}

async function measure(names: readonly string[], options: BenchmarkOptions): Promise<Row[]> {
  const rows: Row[] = [];
  for (const name of names) {
    const idle = await waitUntilIdle(options.quick ? 2_000 : 20_000);
    console.error(`Measuring ${name} ...${idle ? '' : ' The machine is busy.'}`);
    rows.push(...((await benchmarks.get(name)?.(options)) ?? []));
  }
  return rows;
}

/** Writes `bench/latest.json`, which git ignores. */
async function write(rows: readonly Row[], quick: boolean): Promise<void> {
  const figures = {
    ...describeMachine(),
    quick,
    rows: rows.map((row) => ({ ...row, ratio: ratio(row) })),
  };
  await mkdir(path.join(root, 'bench'), { recursive: true });
  await writeFile(path.join(root, 'bench/latest.json'), `${JSON.stringify(figures, null, 2)}\n`);
}

exitOnSignals();
main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
