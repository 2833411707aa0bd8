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

/** Runs the static checks, the soak, the contract and what needs Kafka, and builds the bundles. */
async function checkCode(): Promise<void> {
  for (const folder of ['.', 'src/webview', 'test/webview']) {
    await steps.run(`types of ${folder}`, (step) =>
      step.check('typescript/bin/tsc', '--project', folder),
    );
  }
  await steps.run('lint', (step) => step.check('eslint/bin/eslint.js', '.', '--max-warnings', '0'));
  await steps.run('format', (step) => step.check('prettier/bin/prettier.cjs', '--check', '.'));
  await steps.run('package', () => checkPackage().then(() => done));
  await steps.run('bundle of the integration tests, and what they test as it ships', (step) =>
    step.check('../esbuild.js', '--production', '--tests'),
  );
  // A short run with many faults. The seed was chosen for that.
  const soak = ['test/promises/soak/run.ts', '--minutes=0.3', '--seed=500'];
  await steps.run('soak of half a minute', (step) =>
    step.succeed('--expose-gc', '--import', 'tsx', ...soak),
  );
  // Both stand here because the tests in plain Node, beside which this runs, take longer.
  await runMocha('dialects keep the contract', 'contract');
  await runMocha('a real Kafka', 'kafka');
}

const c8 = 'c8/bin/c8.js';
const covered = ['src/core', 'src/auth', 'src/emulator'];

/** Runs the tests in plain Node, which do not read the bundles. */
async function testInNode(): Promise<void> {
  const all = covered.flatMap((folder) => ['--include', `${folder}/**`]);
  await steps.run('unit tests', (step) =>
    step.mocha([
      ...[`node_modules/${c8}`, '--all', ...all, '--reporter', 'text-summary'],
      ...[mochaProgram, ...reporter],
    ]),
  );
  for (const folder of covered) {
    await steps.run(`90 % of the lines of ${folder} are covered`, (step) =>
      step.check(c8, 'check-coverage', '--lines', '90', '--include', `${folder}/**`),
    );
  }
  await runMocha('hostile input', 'promises/fuzz');
  await runMocha('operations under faults', 'promises/faults');
}

/** Installs what the later steps need. This mostly waits for the network. */
function install(): Promise<void> {
  return steps.run('VS Code and a browser are there', async (step) => {
    for (const version of versions) await installVSCode(version, step.log);
    await findBrowser(step.log);
    return done;
  });
}

/**
 * Runs what needs VS Code or a browser, and the benchmarks, which have the machine to themselves.
 */
async function testInHosts(): Promise<void> {
  await steps.run('figures within generous limits', (step) =>
    step.succeed(
      ...['--import', 'tsx', 'test/promises/bench/run.ts'],
      ...['--quick', '--check', '--no-package'],
    ),
  );
  // Each has its own data, and a window mostly waits, so two run at once. The longest are first.
  const limiter = openLimiter(2);
  const runs = [...integrationRuns(), ...browserRuns()];
  await Promise.all(runs.map((run) => limiter(run)));
}

type Run = () => Promise<void>;

function integrationRuns(): readonly Run[] {
  return versions.map(
    (version) => () =>
      steps.run(`integration tests in VS Code ${version}`, (step) =>
        step.mocha(['--import', 'tsx', 'test/integration/run.ts', '--engine', version]),
      ),
  );
}

/** The files of `test/e2e` that take longest, the longest one first. */
const LONG = ['emulator', 'clusters/signIn', 'viewer', 'transfer', 'documents', 'schemas', 'guard'];

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

async function main(): Promise<void> {
  checkNode();
  await Promise.all([checkCode(), testInNode(), install()]);
  await testInHosts();
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
