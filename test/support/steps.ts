import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killGroup, root } from './host/processes';
import { type Piece, Transcript } from './transcript';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

export const done: Counts = { passed: 1, failed: 0 };

/** The longest that a step may take, in minutes: twice the longest one on a slow machine. */
const STEP_LIMIT = 15;

export const mochaProgram = path.join(root, 'node_modules/mocha/bin/mocha.js');
export const mochaReporter = [
  ...['--reporter', path.join(root, 'test/support/countReporter.cjs')],
  // Mocha writes to a pipe, so it cannot tell whether the output ends at a terminal.
  ...(process.stdout.isTTY ? ['--color'] : []),
];

const scratch = mkdtempSync(path.join(tmpdir(), 'kafka-rest-npm-test-'));
process.once('exit', () => {
  rmSync(scratch, { recursive: true, force: true });
});

/** Runs steps, in sequence or concurrently, and counts their tests. */
export class Steps {
  #total: Counts = { passed: 0, failed: 0 };
  readonly #transcript = new Transcript((text) => process.stdout.write(text));

  /** The counts of all steps that have ended. */
  get total(): Counts {
    return this.#total;
  }

  /** Runs a step, prints its result and duration, and adds its counts. Never rejects. */
  async run(name: string, work: (step: Step) => Promise<Counts>): Promise<void> {
    const from = performance.now();
    const output = this.#transcript.begin();
    const step = new Step(output);
    step.log(`> ${name}`);
    let counts: Counts;
    try {
      counts = await work(step);
    } catch (error) {
      counts = { passed: 0, failed: 1 };
      step.log(error instanceof Error ? error.message : String(error));
    }
    this.#total = {
      passed: this.#total.passed + counts.passed,
      failed: this.#total.failed + counts.failed,
    };
    const seconds = ((performance.now() - from) / 1000).toFixed(1);
    step.log(`${counts.failed === 0 ? 'ok' : 'FAILED'}: ${name}, ${seconds} s\n`);
    output.end();
  }
}

/** Runs the programs of one step. */
export class Step {
  constructor(private readonly output: Piece) {}

  readonly log = (line: string): void => {
    this.output.write(`${line}\n`);
  };

  /** Runs a tool of node_modules. Rejects if its exit status is not 0. */
  check(program: string, ...args: string[]): Promise<Counts> {
    return this.succeed(path.join(root, 'node_modules', program), ...args);
  }

  /** Runs a Node program. Rejects if its exit status is not 0. */
  async succeed(...args: readonly string[]): Promise<Counts> {
    const status = await this.#node(args);
    if (status !== 0) throw new Error(`${args.join(' ')} ended with status ${status}.`);
    return done;
  }

  /**
   * Runs a Node program that runs Mocha with `mochaReporter`, and returns its counts. They have at
   * least one failure if the exit status is not 0 or no test passed.
   */
  async mocha(args: readonly string[]): Promise<Counts> {
    const file = path.join(scratch, `counts-${performance.now()}`);
    const status = await this.#node(args, { MOCHA_COUNTS: file });
    const { passed, failed } = existsSync(file) ? readCounts(file) : { passed: 0, failed: 0 };
    return { passed, failed: (status !== 0 || passed === 0) && failed === 0 ? 1 : failed };
  }

  /** Runs a Node program, and returns its exit status. Kills it if it hangs. */
  async #node(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output.write(text);
      });
    }
    const kill = () => {
      killGroup(child, 'SIGTERM');
    };
    process.once('exit', kill);
    const late = setTimeout(() => {
      this.log(`Killed, because it was still running after ${STEP_LIMIT} minutes.`);
      killGroup(child, 'SIGKILL');
    }, STEP_LIMIT * 60_000);
    try {
      return await new Promise<number>((resolve, reject) => {
        child.once('error', reject).once('close', (code) => {
          resolve(code ?? 1);
        });
      });
    } finally {
      clearTimeout(late);
      process.off('exit', kill);
    }
  }
}

function readCounts(file: string): Counts {
  const [, passed, failed] = /(\d+) passed, (\d+) failed/.exec(readFileSync(file, 'utf8')) ?? [];
  return { passed: Number(passed), failed: Number(failed) };
}
