// `npm test` runs everything that must pass before a change is done. Its last line counts the
// tests.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { openLimiter } from '../src/core/async/limiter';
import { checkPackage } from './support/packages/checkPackage';
import { findBrowser } from './support/host/browser';
import { currentVersion, installVSCode, minimumVersion } from './support/host/install';
import { checkNode, exitOnSignals, root } from './support/host/processes';
import { done, mochaProgram, mochaReporter as reporter, Steps } from './support/steps';

const steps = new Steps();
const versions = [minimumVersion, currentVersion];

type Run = () => Promise<void>;

/** Has the calls that fail once be a few. */
const sampled = ['--no-parallel', '--require', './test/promises/torture/sample.cjs'];

/** Two viewers on 10,000,000 messages take more than a gigabyte each. */
const withoutViewer = ['--ignore', 'test/promises/scale/viewer.test.ts'];

/**
 * What needs neither VS Code nor a browser, and does not read the bundles, which are built
 * meanwhile. The longest are first.
 */
function plainRuns(installed: Promise<void>): readonly Run[] {
  return [
    testUnits,
    () => runMocha('operations under faults', 'promises/faults'),
    checkCode,
    async () => {
      // It may have to install Java, and apt installs one thing at a time.
      await installed;
      await runMocha('a real Kafka', 'kafka');
    },
    () => runMocha('dialects keep the contract', 'contract'),
    buildBundles,
    () => steps.run('format', (step) => step.check('prettier/bin/prettier.cjs', '--check', '.')),
    soak,
    () =>
      steps.run('changes of a sample of the code are noticed', (step) =>
        step.succeed('--import', 'tsx', 'test/promises/mutation/run.ts', '--sample'),
      ),
    () => runMocha('each call fails once, a sample', 'promises/torture', sampled),
    () => runMocha('simulations from seeds', 'promises/simulation'),
    () => runMocha('hostile input', 'promises/fuzz'),
    () => runMocha('huge clusters, topics and files', 'promises/scale', withoutViewer),
  ];
}

async function checkCode(): Promise<void> {
  for (const folder of ['.', 'src/webview', 'test/webview']) {
    await steps.run(`types of ${folder}`, (step) =>
      step.check('typescript/bin/tsc', '--project', folder),
    );
  }
  await steps.run('lint', (step) => step.check('eslint/bin/eslint.js', '.', '--max-warnings', '0'));
}

async function buildBundles(): Promise<void> {
  await steps.run('package', () => checkPackage().then(() => done));
  await steps.run('bundle of the integration tests, and what they test as it ships', (step) =>
    step.check('../esbuild.js', '--production', '--tests'),
  );
}

/** A short run with many faults. The seed was chosen for that. */
function soak(): Promise<void> {
  const program = ['test/promises/soak/run.ts', '--minutes=0.3', '--seed=500'];
  return steps.run('soak of half a minute', (step) =>
    step.succeed('--expose-gc', '--import', 'tsx', ...program),
  );
}

async function testUnits(): Promise<void> {
  // c8 is to count, and the next step to report.
  const counted = ['node_modules/c8/bin/c8.js', '--exclude', '**', '--reporter', 'none'];
  await steps.run('unit tests', (step) => step.mocha([...counted, mochaProgram, ...reporter]));
  await steps.run('enough is covered', (step) =>
    step.succeed('--import', 'tsx', 'test/support/host/coverage.ts'),
  );
}

/** Installs what the later steps need. This mostly waits for the network. */
function install(): Promise<void> {
  return steps.run('VS Code and a browser are there', async (step) => {
    for (const version of versions) await installVSCode(version, step.log);
    await findBrowser(step.log);
    return done;
  });
}

/** Holds the figures against their limits. They have the machine to themselves. */
function benchmark(): Promise<void> {
  return steps.run('figures within generous limits', (step) =>
    step.succeed(
      ...['--import', 'tsx', 'test/promises/bench/run.ts'],
      ...['--quick', '--check', '--no-package'],
    ),
  );
}

/** The longest are first, as among `browserRuns`. */
function integrationRuns(): readonly Run[] {
  return versions.map(
    (version) => () =>
      steps.run(`integration tests in VS Code ${version}`, (step) =>
        step.mocha(['--import', 'tsx', 'test/integration/run.ts', '--engine', version]),
      ),
  );
}

/** The files of `test/e2e` that take longest, the longest one first. */
const LONG = [
  ...['emulator', 'clusters/signIn', 'viewer', 'clusters/definitions', 'transfer'],
  ...['documents', 'schemas', 'guard'],
];

function browserRuns(): readonly Run[] {
  const files = readdirSync(path.join(root, 'test/e2e'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.ts$/.test(name))
    .map((name) => name.replaceAll(path.sep, '/'))
    .sort();
  const long = LONG.map((name) => `${name}.test.ts`);
  return [
    () => runMocha('tests of the viewer in a browser', 'webview'),
    () => runMocha('secrets in VS Code', 'promises/canary'),
    ...long.map((file) => () => runEndToEnd(file, files)),
    ...files.filter((file) => !long.includes(file)).map((file) => () => runEndToEnd(file, files)),
  ];
}

function runEndToEnd(file: string, files: readonly string[]): Promise<void> {
  const others = files.filter((each) => each !== file);
  const ignored = others.flatMap((each) => ['--ignore', `test/e2e/${each}`]);
  return runMocha(`end-to-end tests of the package: ${file}`, 'e2e', ignored);
}

function runMocha(name: string, folder: string, options: readonly string[] = []): Promise<void> {
  return steps.run(name, (step) =>
    step.mocha([mochaProgram, '--config', `test/${folder}/.mocharc.json`, ...options, ...reporter]),
  );
}

async function runAll(atOnce: number, runs: readonly Run[]): Promise<void> {
  const limiter = openLimiter(atOnce);
  await Promise.all(runs.map((run) => limiter(run)));
}

async function main(): Promise<void> {
  checkNode();
  const installed = install();
  // Tests in plain Node wait for a third of their time, so three keep two processors busy.
  await Promise.all([installed, runAll(3, plainRuns(installed))]);
  await benchmark();
  // Each has its own data. A window seldom waits, and its tests are not to wait for it too long.
  await runAll(2, [...integrationRuns(), ...browserRuns()]);
}

function summarize(): void {
  const { passed, failed } = steps.total;
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}

exitOnSignals();
main().then(summarize, (error: unknown) => {
  console.log(error instanceof Error ? error.message : error);
  console.log(`${steps.total.passed} passed, ${steps.total.failed + 1} failed`);
  process.exitCode = 1;
});
