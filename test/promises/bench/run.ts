// `npm run bench [-- NAME... --quick --check]`: every figure of the project, each beside a
// yardstick.
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { checkNode, exitOnSignals, npm, root, run } from '../../support/host/processes';
import { benchActivation } from './packed/activation';
import type { Benchmark, BenchmarkOptions } from './benchmark';
import { measured } from './benchmarks';
import { bundle } from './bundle';
import { type Figures, figuresOf, figuresPage, withFigures } from './report/figures';
import { check, type Limits } from './report/limits';
import { describeMachine, waitUntilIdle } from './report/machine';
import type { Row } from './rows';
import { benchScroll } from './packed/scroll';
import { benchSize } from './packed/size';
import { table } from './report/table';
import { benchTree } from './packed/tree';

const usage = `Usage: npm run bench -- [NAME...] [options]

Measures, prints a table, and writes bench/latest.json, which git ignores.

  NAME         only what begins with it, as in \`read\` or \`read-0ms\`
  --quick      fewer and smaller runs, held against the generous limits
  --check      fail where a row misses its line in bench/limits.json
  --record     write bench/figures.json and the table of docs/figures.md too
  --no-package measure the packed extension that is there
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
  ['tree', benchTree],
  ...Object.keys(measured).map((name) => [name, elsewhere(name)] as const),
  ['scroll', benchScroll],
  ['size', benchSize],
]);

/** Those that a quick run leaves out, as others say about the same. */
const slow = new Set(['read-20ms', 'memory-read-more', 'scale', 'memory-viewer-full']);

async function main(): Promise<void> {
  checkNode();
  const { positionals, values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
      'no-package': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const { quick, record } = values;
  const names = choose(positionals, quick);
  const complete = positionals.length === 0;
  if (record && (quick || !complete)) throw new Error('Only a whole run can be recorded.');
  if (!values['no-package']) {
    console.error('Packing the extension ...');
    await npm(['run', 'package']);
  }
  await bundle();

  const { rows, idle, problems } = await measure(names, { quick });
  const limits = JSON.parse(await readFile(file('bench/limits.json'), 'utf8')) as Limits;
  for (const line of table(rows, limits, quick)) console.log(line);
  const figures = figuresOf(rows, { ...describeMachine(), quick, idle });
  await writeFormatted('bench/latest.json', JSON.stringify(figures));

  if (values.check) problems.push(...check(rows, limits, { quick, complete }));
  if (record && !idle) problems.push('Nothing is recorded: the machine was busy.');
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else if (values.check) console.log('Every row is within its limit.');
  if (record && problems.length === 0) await publish(figures);
}

/** The names of the benchmarks that begin with one of these; for none all, or all quick ones. */
function choose(wanted: readonly string[], quick: boolean): string[] {
  const all = [...benchmarks.keys()];
  const unknown = wanted.find((name) => !all.some((known) => known.startsWith(name)));
  if (unknown !== undefined) {
    throw new Error(`There is no benchmark ${unknown}, only ${all.join(', ')}.`);
  }
  if (wanted.length === 0) return all.filter((name) => !quick || !slow.has(name));
  return all.filter((known) => wanted.some((name) => known.startsWith(name)));
}

/** Measures one after the other; what fails does not keep the others from being measured. */
async function measure(
  names: readonly string[],
  options: BenchmarkOptions,
): Promise<{ rows: Row[]; idle: boolean; problems: string[] }> {
  const [rows, problems]: [Row[], string[]] = [[], []];
  let idle = true;
  for (const name of names) {
    const calm = await (options.quick ? waitUntilIdle(1_000, 1) : waitUntilIdle(20_000));
    idle &&= calm;
    const started = performance.now();
    try {
      rows.push(...((await benchmarks.get(name)?.(options)) ?? []));
    } catch (error) {
      problems.push(`${name} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.error(`Measured ${name} in ${seconds} s${calm ? '' : ' on a busy machine'}.`);
  }
  return { rows, idle, problems };
}

/** Makes the latest figures the published ones. */
async function publish(figures: Figures): Promise<void> {
  const page = withFigures(await readFile(file(figuresPage), 'utf8'), figures);
  await copyFile(file('bench/latest.json'), file('bench/figures.json'));
  await writeFormatted(figuresPage, page);
}

/** Writes a file of the working copy as Prettier would have it. */
async function writeFormatted(name: string, text: string): Promise<void> {
  const filepath = file(name);
  await writeFile(filepath, await format(text, { ...(await resolveConfig(filepath)), filepath }));
}

function file(name: string): string {
  return path.join(root, name);
}

exitOnSignals();
main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
