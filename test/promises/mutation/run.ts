// `npm run mutate`: changes the code in one place at a time, and counts the changes that make a
// test fail.
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { MutantResult } from '@stryker-mutator/api/core';
import { checkNode, root } from '../../support/host/processes';
import { allParts, narrow, type Part } from './parts';

/** The percentage of mutants that must be killed. */
const LIMIT = 92;

/** What `npm test` looks at. */
const SAMPLE = ['src/viewer/filter/filterParser.ts'];

/** Holds reports, and the results of the last run for the next one. */
const OUT = 'out/mutation';

async function mutate(part: Part, concurrency: number): Promise<readonly MutantResult[]> {
  // One of its dependencies can be imported only in this way.
  const { Stryker } = await import('@stryker-mutator/core');
  const report = `${OUT}/${part.name.replaceAll('/', '-')}`;
  const results = await new Stryker({
    configFile: path.join(root, 'test/promises/mutation/stryker.json'),
    mutate: [...part.files],
    testFiles: [...part.testFiles],
    incrementalFile: `${report}-incremental.json`,
    reporters: [...(process.stdout.isTTY ? ['progress'] : []), 'html', 'json'],
    htmlReporter: { fileName: `${report}.html` },
    jsonReporter: { fileName: `${report}.json` },
    concurrency,
  }).runMutationTest();
  // Those of other files are known from the last run.
  return results.filter(({ fileName }) =>
    part.files.some((file) => path.resolve(fileName) === path.join(root, file)),
  );
}

interface Score {
  readonly killed: number;
  readonly survived: number;
}

function scoreOf(results: readonly MutantResult[]): Score {
  const count = (...states: MutantResult['status'][]) =>
    results.filter(({ status }) => states.includes(status)).length;
  return { killed: count('Killed', 'Timeout'), survived: count('Survived', 'NoCoverage') };
}

const percentage = ({ killed, survived }: Score) => (100 * killed) / (killed + survived || 1);

const inWords = (score: Score) =>
  `${percentage(score).toFixed(1)} %, ${score.killed} killed, ${score.survived} survived`;

/** A line for a mutant that no test fails for: where, what stands there instead. */
function describe({ fileName, location, replacement, status }: MutantResult): string {
  const { line, column } = location.start;
  const where = `${path.relative(root, path.resolve(fileName))}:${line}:${column + 1}`;
  const what = replacement.replaceAll(/\s+/g, ' ');
  return `${where} ${what}${status === 'NoCoverage' ? ' (no test comes here)' : ''}`;
}

async function main(): Promise<void> {
  checkNode();
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      sample: { type: 'boolean', default: false },
      concurrency: { type: 'string', default: '2' },
    },
  });
  const wanted = values.sample ? SAMPLE : positionals;
  const concurrency = Number(values.concurrency);
  const parts = allParts()
    .map((part) => narrow(part, wanted))
    .filter(({ files }) => files.length > 0);
  if (parts.length === 0 || !Number.isSafeInteger(concurrency)) {
    throw new Error('usage: npm run mutate -- [--sample] [--concurrency=2] [FILE or FOLDER]...');
  }
  const all: MutantResult[] = [];
  for (const part of parts) {
    const results = await mutate(part, concurrency);
    all.push(...results);
    for (const result of results) {
      if (result.status === 'Survived' || result.status === 'NoCoverage') {
        console.log(describe(result));
      }
    }
    console.log(`${part.name}: ${inWords(scoreOf(results))}`);
  }
  const score = scoreOf(all);
  console.log(`in all: ${inWords(score)}; ${LIMIT} % must be killed`);
  if (percentage(score) < LIMIT) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.log(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
