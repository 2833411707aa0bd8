import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The working copy. */
export const root = path.resolve(__dirname, '../../..');

/** The packed extension, which `npm run package` makes. */
export const vsix = path.join(root, 'kafka-rest-explorer.vsix');

const guard = path.join(__dirname, 'orphanGuard.cjs');

/** A Node program that ends when this process does, with all the processes that it started. */
export interface GuardedProcess {
  readonly child: ChildProcess;
  /** Returns the end of its output so far, standard output and standard error. */
  readonly output: () => string;
  /** Resolves with the first match of `pattern` in its output. Rejects if it ends before that. */
  printed(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
  /** Ends it and all that it started. Resolves when they have ended. */
  stop(): Promise<void>;
}

/**
 * Starts a Node program in a process group of its own, with the guard of orphanGuard.cjs.
 *
 * @param node the executable
 * @param args its arguments, the script first
 */
export function startGuarded(
  node: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): GuardedProcess {
  const child = spawn(node, ['--require', guard, ...args], {
    ...options,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  let output = '';
  const collect = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-100_000));
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    child.once('close', resolve).once('error', resolve);
  });
  const kill = () => {
    killGroup(child, 'SIGKILL');
  };
  process.once('exit', kill);

  return {
    child,
    output: () => output,
    ended,
    async printed(pattern) {
      for (;;) {
        const match = pattern.exec(output);
        if (match) return match;
        const over = await Promise.race([
          ended.then(() => true),
          once(child.stdout, 'data').then(() => false),
        ]);
        if (over) throw new Error(`The program ended too early:\n${output.slice(-2000)}`);
      }
    },
    async stop() {
      child.stdin.end();
      killGroup(child, 'SIGTERM');
      await Promise.race([ended, after(5000)]);
      killGroup(child, 'SIGKILL');
      await ended;
      process.off('exit', kill);
    },
  };
}

/**
 * Sends a signal to `child`, which must have been started detached, and to its group. Windows has
 * no groups, so there only `child` gets it.
 */
export function killGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // The process and its group have already ended.
  }
}

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}

/**
 * Runs a command to its end and returns its output.
 *
 * @throws if it cannot be started or ends with a status other than 0; the message has its last
 * lines
 */
export async function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const child = spawn(command, args, {
    cwd: root,
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const kill = () => child.kill();
  process.once('exit', kill);
  let output = '';
  const collect = (chunk: Buffer) => (output += chunk.toString());
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const status = await new Promise((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  process.off('exit', kill);
  if (status !== 0) throw new Error(`${path.basename(command)} failed:\n${output.slice(-2000)}`);
  return output;
}

/**
 * Runs the npm that started this process, or that came with this Node, and returns its output.
 */
export async function npm(args: readonly string[], cwd = root): Promise<string> {
  const beside = path.dirname(process.execPath);
  const candidates = [
    process.env['npm_execpath'] ?? '',
    path.join(beside, '../lib/node_modules/npm/bin/npm-cli.js'),
    path.join(beside, 'node_modules/npm/bin/npm-cli.js'),
    '/usr/share/npm/bin/npm-cli.js',
  ];
  const cli = candidates.find((file) => file.endsWith('npm-cli.js') && existsSync(file));
  if (!cli) throw new Error('npm was not found: run this through npm, as in "npm start".');
  return run(process.execPath, [cli, ...args, '--loglevel=error'], { cwd });
}

/** @throws if this Node is too old for the project's tools */
export function checkNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Node ${process.versions.node} is too old: install Node 20.19 or newer.`);
  }
}

/**
 * Ends this process on Ctrl+C and similar signals, so that its exit handlers clean up. Also ends
 * it when the npm that runs it ends, because npm passes on only SIGINT and SIGTERM.
 */
export function exitOnSignals(
  status = 1,
  signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'],
): void {
  for (const signal of signals) {
    process.once(signal, () => process.exit(status));
  }
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'] === undefined) return;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(status);
  }, 500).unref();
}
