import { type ChildProcess, spawn } from 'node:child_process';
import { homedir } from 'node:os';
import type { Readable } from 'node:stream';
import { onAbort } from '../../core/async/onAbort';
import { unlessAborted } from '../../core/async/unlessAborted';
import { KafkaError } from '../../core/errors';
import type { Program } from './program';

/** What a program has written, and its exit code; `null` if it was killed. */
export interface Output {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** After how many milliseconds it is killed. */
  readonly limitMs: number;
}

/** More is neither a token nor a message of the Azure CLI. */
const MAX_OUTPUT_BYTES = 1024 * 1024;

/** The Azure CLI asks nothing, colours nothing and installs nothing. */
const QUIET = {
  AZURE_CORE_NO_COLOR: 'true',
  AZURE_CORE_ONLY_SHOW_ERRORS: 'true',
  AZURE_EXTENSION_USE_DYNAMIC_INSTALL: 'no',
};

/**
 * Runs a program without a shell and returns what it writes. It gets no input, and runs in the
 * person's home folder, because a workspace could bring programs along. Rejects with the signal's
 * reason, or with a `KafkaError`: `timeout`, `program-missing` if it cannot be started, or
 * `credential-unusable` if it writes too much. The program and those that it has started are then
 * killed.
 */
export async function run(
  program: Program,
  more: readonly string[],
  { signal, limitMs }: RunOptions,
): Promise<Output> {
  signal.throwIfAborted();
  const child = start(program, more);
  const own = new AbortController();
  const end = AbortSignal.any([signal, own.signal]);
  const timer = setTimeout(() => {
    own.abort(new KafkaError('timeout', { detail: `${limitMs} ms` }));
  }, limitMs);
  let size = 0;
  const textOf = (stream: Readable): (() => string) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_OUTPUT_BYTES) chunks.push(chunk);
      else own.abort(new KafkaError('credential-unusable', { detail: 'too much output' }));
    });
    return () => Buffer.concat(chunks).toString('utf8');
  };
  const stdout = textOf(child.stdout);
  const stderr = textOf(child.stderr);
  child.on('error', (cause) => {
    own.abort(new KafkaError('program-missing', { detail: program.file, cause }));
  });
  const closed = new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  const stop = (): void => {
    kill(child);
  };
  try {
    const code = await onAbort(end, stop, () => unlessAborted(closed, end));
    return { code, stdout: stdout(), stderr: stderr() };
  } finally {
    clearTimeout(timer);
  }
}

/** Starts a program. Node throws some failures of the system, and tells of others later. */
function start({ file, args }: Program, more: readonly string[]) {
  try {
    return spawn(file, [...args, ...more], {
      cwd: homedir(),
      env: { ...process.env, ...QUIET },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      // The leader of a group, so that whatever it starts can be killed with it.
      detached: process.platform !== 'win32',
    });
  } catch (cause) {
    throw new KafkaError('program-missing', { detail: file, cause });
  }
}

/** Ends a program and, where the system has groups of processes, those that it has started. */
function kill(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill();
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}
