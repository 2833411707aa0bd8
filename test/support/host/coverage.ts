// Run after the unit tests under c8: fails if they reach too little of a folder. `--missing` lists
// the lines that they do not reach, and those with branches that they do not take.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Report } from 'c8';
import { transformSync } from 'esbuild';
import type { CoverageMapData, FileCoverageData } from 'istanbul-lib-coverage';
import { root } from './processes';

/** How much of each folder the unit tests must reach, in percent. */
const LEAST = {
  'src/core': { lines: 98.5, branches: 95 },
  'src/auth': { lines: 99, branches: 95 },
  'src/transfer/bulk': { lines: 99, branches: 96 },
  // What serves a real Kafka is run by the tests in `test/kafka`.
  'src/emulator': { lines: 83, branches: 0 },
};

/** Where c8 writes, and below it what V8 counted. */
const OUT = path.join(root, 'coverage');
const COUNTED = path.join(OUT, 'tmp');

interface Counted {
  readonly result: { readonly url: string; functions: CountedFunction[] }[];
}

interface CountedFunction {
  readonly functionName: string;
  ranges: { readonly endOffset: number; readonly count: number }[];
}

/** What esbuild, which tsx uses, adds to a module. */
const ADDED = ['__name', '__export', '__copyProps', '__toCommonJS', '__toESM'];

/** Forgets what was counted of code that nobody wrote: two branches a file that nothing takes. */
function forgetAdded(): void {
  for (const name of readdirSync(COUNTED)) {
    const file = path.join(COUNTED, name);
    const counted = JSON.parse(readFileSync(file, 'utf8')) as Counted;
    for (const script of counted.result) {
      script.functions = script.functions.filter((each) => !ADDED.includes(each.functionName));
      for (const one of script.functions) one.ranges = withoutNames(one.ranges);
    }
    writeFileSync(file, JSON.stringify(counted));
  }
}

/** Leaves out `0 && (module.exports = ...)`, with which esbuild ends a module for Node's sake. */
function withoutNames(ranges: CountedFunction['ranges']): CountedFunction['ranges'] {
  const [whole] = ranges;
  // Behind it are a semicolon, a line break and the bracket of the function around the module.
  const end = whole && whole.endOffset - ';\n}'.length;
  return ranges.filter(({ endOffset, count }) => endOffset !== end || count > 0);
}

/** Returns the files that have types alone, of which nothing can run. */
function typesAlone(): readonly string[] {
  return Object.keys(LEAST).flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll(path.sep, '/')}`)
      .filter((name) => name.endsWith('.ts'))
      .filter((name) => {
        const source = readFileSync(path.join(root, name), 'utf8');
        return transformSync(source, { loader: 'ts' }).code.trim() === '';
      }),
  );
}

async function reached(): Promise<readonly FileCoverageData[]> {
  await new Report({
    all: true,
    include: Object.keys(LEAST).map((folder) => `${folder}/**`),
    exclude: [...typesAlone()],
    reporter: ['json'],
    reportsDirectory: OUT,
    tempDirectory: COUNTED,
    resolve: '',
  }).run();
  const found = readFileSync(path.join(OUT, 'coverage-final.json'), 'utf8');
  return Object.values(JSON.parse(found) as CoverageMapData).map((file) =>
    'data' in file ? file.data : file,
  );
}

const percentage = (counts: readonly number[]) =>
  (100 * counts.filter((count) => count > 0).length) / counts.length;

/** Prints how much of a folder is reached. Returns whether that is enough. */
function check(folder: keyof typeof LEAST, files: readonly FileCoverageData[]): boolean {
  const found = {
    lines: percentage(files.flatMap(({ s }) => Object.values(s))),
    branches: percentage(files.flatMap(({ b }) => Object.values(b).flat())),
  };
  const tooFew = (['lines', 'branches'] as const).filter((kind) => {
    const least = LEAST[folder][kind];
    const isEnough = found[kind] >= least;
    const wanted = isEnough ? '' : `, less than ${least} %`;
    console.log(`${folder}: ${found[kind].toFixed(1)} % of the ${kind}${wanted}`);
    return !isEnough;
  });
  return tooFew.length === 0;
}

function listMissing({ path: file, s, statementMap, b, branchMap }: FileCoverageData): void {
  const lines = Object.keys(s).filter((key) => s[key] === 0);
  const branches = Object.keys(b).filter((key) => b[key]?.includes(0));
  const places = [
    ...lines.map((key) => statementMap[key]?.start.line),
    ...branches.map((key) => {
      const { line = 0, column = 0 } = branchMap[key]?.loc.start ?? {};
      return `${line}:${column + 1}`;
    }),
  ];
  if (places.length > 0) console.log(`${path.relative(root, file)}: ${places.join(' ')}`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { missing: { type: 'boolean', default: false } } });
  forgetAdded();
  const files = await reached();
  if (values.missing) files.forEach(listMissing);
  const folders = Object.keys(LEAST) as (keyof typeof LEAST)[];
  const results = folders.map((folder) =>
    check(
      folder,
      files.filter((file) => file.path.startsWith(path.join(root, folder, '/'))),
    ),
  );
  if (results.includes(false)) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.log(error);
  process.exitCode = 1;
});
