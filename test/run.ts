// `npm test` runs everything that must pass before a change is done. Its last line counts the
// tests.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findBrowser } from './support/host/browser';
import { currentVersion, installVSCode, minimumVersion } from './support/host/install';
import { checkNode, exitOnSignals, killGroup, root } from './support/host/processes';
import { checkPackage } from './support/checkPackage';

interface Counts {
  passed: number;
  failed: number;
}

const scratch = mkdtempSync(path.join(tmpdir(), 'kafka-rest-npm-test-'));
process.once('exit', () => {
  rmSync(scratch, { recursive: true, force: true });
});

/** The longest that a step may take, in minutes: twice the longest one on a slow machine. */
const STEP_LIMIT = 10;

const total: Counts = { passed: 0, failed: 0 };
const done: Counts = { passed: 1, failed: 0 };

/** Runs a step, prints its result and duration, and adds its counts. Never rejects. */
async function step(name: string, work: () => Promise<Counts>): Promise<void> {
  const from = performance.now();
  console.log(`> ${name}`);
  let counts;
  try {
    counts = await work();
  } catch (error) {
    counts = { passed: 0, failed: 1 };
    console.log(error instanceof Error ? error.message : error);
  }
  total.passed += counts.passed;
  total.failed += counts.failed;
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  console.log(`${counts.failed === 0 ? 'ok' : 'FAILED'}: ${name}, ${seconds} s\n`);
}

/** Runs a Node program, passes on its output, and returns its exit status. Kills it if it hangs. */
async function node(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: process.platform !== 'win32',
  });
  const kill = () => {
    killGroup(child, 'SIGTERM');
  };
  process.once('exit', kill);
  const late = setTimeout(() => {
    console.log(`Killed, because it was still running after ${STEP_LIMIT} minutes.`);
    killGroup(child, 'SIGKILL');
  }, STEP_LIMIT * 60_000);
  const status = await new Promise<number>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => {
      resolve(code ?? 1);
    });
  });
  clearTimeout(late);
  process.off('exit', kill);
  return status;
}

/** Runs a tool of node_modules. Rejects if its exit status is not 0. */
async function check(program: string, ...args: string[]): Promise<Counts> {
  return succeed(path.join(root, 'node_modules', program), ...args);
}

async function succeed(...args: readonly string[]): Promise<Counts> {
  const status = await node(args);
  if (status !== 0) throw new Error(`${args.join(' ')} ended with status ${status}.`);
  return done;
}

/** Runs a command that runs Mocha, and returns its counts: one failure if it failed without any. */
async function mocha(args: readonly string[]): Promise<Counts> {
  const file = path.join(scratch, `counts-${performance.now()}`);
  const status = await node(args, { MOCHA_COUNTS: file });
  const { passed, failed } = existsSync(file) ? readCounts(file) : { passed: 0, failed: 0 };
  return { passed, failed: status !== 0 && failed === 0 ? 1 : failed };
}

function readCounts(file: string): Counts {
  const [, passed, failed] = /(\d+) passed, (\d+) failed/.exec(readFileSync(file, 'utf8')) ?? [];
  return { passed: Number(passed), failed: Number(failed) };
}

const mochaProgram = path.join(root, 'node_modules/mocha/bin/mocha.js');
const reporter = ['--reporter', path.join(root, 'test/support/countReporter.cjs')];
const c8 = path.join(root, 'node_modules/c8/bin/c8.js');
const covered = ['src/core', 'src/auth', 'src/emulator'];

async function main(): Promise<void> {
  checkNode();
  const versions = [minimumVersion, currentVersion];
  // This mostly waits for the network, so the steps that need no VS Code run at the same time.
  const installed = step('VS Code and a browser are there', async () => {
    for (const version of versions) await installVSCode(version, console.log);
    await findBrowser(console.log);
    return done;
  });
  for (const folder of ['.', 'src/webview', 'test/webview']) {
    await step(`types of ${folder}`, () => check('typescript/bin/tsc', '--project', folder));
  }
  await step('lint', () => check('eslint/bin/eslint.js', '.', '--max-warnings', '0'));
  await step('format', () => check('prettier/bin/prettier.cjs', '--check', '.'));
  const all = covered.flatMap((folder) => ['--include', `${folder}/**`]);
  await step('unit tests', () =>
    mocha([c8, '--all', ...all, '--reporter', 'text-summary', mochaProgram, ...reporter]),
  );
  for (const folder of covered) {
    await step(`90 % of the lines of ${folder} are covered`, () =>
      check('c8/bin/c8.js', 'check-coverage', '--lines', '90', '--include', `${folder}/**`),
    );
  }
  await step('dialects keep the contract', () =>
    mocha([mochaProgram, '--config', 'test/contract/.mocharc.json', ...reporter]),
  );
  await step('operations under faults', () =>
    mocha([mochaProgram, '--config', 'test/promises/faults/.mocharc.json', ...reporter]),
  );
  await step('hostile input', () =>
    mocha([mochaProgram, '--config', 'test/promises/fuzz/.mocharc.json', ...reporter]),
  );
  // A short run with many faults. The seed was chosen for that.
  const soak = ['test/promises/soak/run.ts', '--minutes=0.3', '--seed=500'];
  await step('soak of half a minute', () => succeed('--expose-gc', '--import', 'tsx', ...soak));
  await step('package', () => checkPackage().then(() => done));
  await installed;
  await step('figures within generous limits', () =>
    succeed('--import', 'tsx', 'test/promises/bench/run.ts', '--quick', '--check', '--no-package'),
  );
  await step('bundle of the integration tests, and what they test as it ships', () =>
    check('../esbuild.js', '--production', '--tests'),
  );
  await step('tests of the viewer in a browser', () =>
    mocha([mochaProgram, '--config', 'test/webview/.mocharc.json', ...reporter]),
  );
  for (const version of versions) {
    await step(`integration tests in VS Code ${version}`, () =>
      mocha(['--import', 'tsx', 'test/integration/run.ts', '--engine', version]),
    );
  }
  await step('secrets in VS Code', () =>
    mocha([mochaProgram, '--config', 'test/promises/canary/.mocharc.json', ...reporter]),
  );
  await step('end-to-end tests of the package', () =>
    mocha([mochaProgram, '--config', 'test/e2e/.mocharc.json', ...reporter]),
  );
  console.log(`${total.passed} passed, ${total.failed} failed`);
  if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
}

exitOnSignals();
main().catch((error: unknown) => {
  console.log(error instanceof Error ? error.message : error);
  console.log(`${total.passed} passed, ${total.failed + 1} failed`);
  process.exitCode = 1;
});
