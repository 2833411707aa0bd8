// `npm run fuzz [-- TARGET...] [--seconds=N] [--seed=N]`: hostile input, led by the code it
// reaches.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { COUNTERS, type Counted, Instrument, MAX_COUNTERS } from './engine/instrument';
import { Desk, type Found, type Summary } from './engine/loop';

/** Longer than any contract allows, on the slowest of machines. */
const HANG_MS = 20_000;
const targets = path.join(__dirname, 'targets');
const names = readdirSync(targets).map((file) => path.basename(file, '.ts'));

async function fuzzTarget(name: string, seconds: number, seed: number): Promise<number> {
  const instrument = new Instrument();
  const folder = path.join('out/fuzz', name);
  mkdirSync(folder, { recursive: true });
  const outfile = `${folder}.cjs`;
  await build({
    stdin: { contents: entry(name, seed), resolveDir: __dirname, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['esbuild', 'typescript'],
    plugins: [instrument.plugin],
    banner: {
      js: `var ${COUNTERS} = (globalThis.${COUNTERS} ??= new Uint32Array(${MAX_COUNTERS}));`,
    },
    logLevel: 'error',
  });
  const desk = new Desk();
  const inputs = [...filesOf(path.join(__dirname, 'cases', name)), ...filesOf(folder)];
  const words = [...instrument.words];
  const size = Math.max(...instrument.counted.map(({ to }) => to));
  const workerData = { seconds, seed, inputs, words, size, desk: desk.buffer };
  const summary = await inWorker(outfile, workerData, desk);
  if ('message' in summary) {
    console.log(`${name}: ${summary.message}, kept as ${keep(name, summary.input)}`);
    return 1;
  }
  for (const input of summary.corpus) save(folder, input);
  tell(name, summary, instrument.counted);
  for (const { input, message } of summary.found) {
    console.log(`\nFOUND, kept as ${keep(name, input)}\n${message}\n`);
  }
  return summary.found.length;
}

function entry(name: string, seed: number): string {
  return `
    import { parentPort, workerData } from 'node:worker_threads';
    import fc from 'fast-check';
    import { Desk, fuzz } from './engine/loop';
    import { target } from './targets/${name}';
    const { seeds, words = [], structured } = target;
    const { size, desk, inputs, ...options } = workerData;
    const samples = structured ? fc.sample(structured, { numRuns: 200, seed: ${seed} }) : [];
    fuzz(target, {
      ...options,
      desk: new Desk(desk),
      inputs: [...seeds, ...samples, ...inputs].map((each) => Buffer.from(each)),
      words: [...options.words, ...words],
      counters: ${COUNTERS}.subarray(0, size),
    }).then((summary) => {
      parentPort.postMessage(summary);
      process.exit();
    });
  `;
}

/** Runs the loop in a thread, which can be ended should it hang. */
function inWorker(file: string, workerData: unknown, desk: Desk): Promise<Summary | Found> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.resolve(file), { workerData });
    let last = 0;
    const watch = setInterval(() => {
      const { runs } = desk;
      if (runs === last && runs > 0) settle({ input: desk.input, message: 'hangs' });
      last = runs;
    }, HANG_MS);
    const settle = (result: Summary | Found): void => {
      clearInterval(watch);
      void worker.terminate();
      resolve(result);
    };
    worker.once('message', settle).once('error', (error) => {
      if (desk.runs > 0) settle({ input: desk.input, message: `died: ${error.message}` });
      else reject(error);
    });
  });
}

function tell(
  name: string,
  { runs, seconds, corpus, reached, slowest }: Summary,
  counted: readonly Counted[],
): void {
  const files = counted
    .map(({ file, from, to }) => ({ file, all: to - from, hit: sum(reached.subarray(from, to)) }))
    .filter(({ hit }) => hit > 0);
  const [hit, all] = [sum(files.map((each) => each.hit)), sum(files.map((each) => each.all))];
  console.log(
    `${name}: ${runs} runs, ${Math.round(runs / seconds)}/s, ${hit} of ${all} branches ` +
      `(${Math.round((100 * hit) / all)} %), ${corpus.length} inputs, ` +
      `slowest ${Math.round(slowest.milliseconds)} ms`,
  );
  for (const { file, hit: some, all: most } of files) console.log(`  ${some}/${most} ${file}`);
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

function keep(name: string, input: Uint8Array): string {
  const folder = path.join(__dirname, 'cases', name);
  mkdirSync(folder, { recursive: true });
  return path.relative('', save(folder, input));
}

function save(folder: string, input: Uint8Array): string {
  const file = path.join(folder, createHash('sha256').update(input).digest('hex').slice(0, 12));
  writeFileSync(file, input);
  return file;
}

function filesOf(folder: string): Buffer[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((file) => readFileSync(path.join(folder, file)));
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    },
  });
  const unknown = positionals.filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new Error(`No target ${unknown.join()}; there are ${names.join(', ')}.`);
  console.log(`seed ${values.seed}`);
  let found = 0;
  for (const name of positionals.length > 0 ? positionals : names) {
    found += await fuzzTarget(name, Number(values.seconds), Number(values.seed));
  }
  if (found > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.log(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
