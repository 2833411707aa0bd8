import fs from 'node:fs';
import promises from 'node:fs/promises';
import { meet, productSite } from '../calls';
import { type AnyFunction, replaceAll } from './replace';

/** Returns an error as those of the system are. */
export function systemError(code: string, syscall: string): Error {
  const text = `${code}: ${meanings[code] ?? 'unknown error'}, ${syscall}`;
  return Object.assign(new Error(text), { code, syscall, errno: -1 });
}

const meanings: Readonly<Record<string, string>> = {
  EAGAIN: 'resource temporarily unavailable',
  EMFILE: 'too many open files',
  EIO: 'i/o error',
  ENOMEM: 'not enough memory',
  ENOSPC: 'no space left on device',
  EBUSY: 'resource busy or locked',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset by peer',
};

/** What each function fails with. All of them are asynchronous, so that none throws. */
const failures: Readonly<Record<string, readonly [string, ...string[]]>> = {
  access: ['EIO'],
  chmod: ['EIO'],
  copyFile: ['ENOSPC'],
  lstat: ['EIO'],
  mkdir: ['ENOSPC'],
  open: ['EMFILE'],
  readFile: ['EMFILE', 'EIO'],
  readdir: ['EMFILE'],
  realpath: ['EIO'],
  rename: ['EIO'],
  rm: ['EBUSY'],
  stat: ['EIO'],
  unlink: ['EBUSY'],
};

/** Lets the file system fail; returns what ends that. */
export function seamOfFiles(): () => void {
  const simple = Object.fromEntries(
    Object.entries(failures).map(([name, hows]) => [name, failing(name, hows)]),
  );
  const undo = [
    replaceAll(promises, { ...simple, open: opening, writeFile: writing }),
    replaceAll(fs, { createReadStream: reading }),
  ];
  return () => {
    for (const each of undo) each();
  };
}

const failing =
  (name: string, hows: readonly string[]) =>
  (real: AnyFunction): AnyFunction =>
    function (...given) {
      const how = meet('file', name, hows);
      if (how !== undefined) return Promise.reject(systemError(how, name));
      return real.apply(this, given);
    };

/** A file that is opened fails as well. */
function opening(real: AnyFunction): AnyFunction {
  return async function (...given) {
    const site = productSite();
    const how = meet('file', 'open', ['EMFILE'], site);
    if (how) throw systemError(how, 'open');
    const handle = (await real.apply(this, given)) as promises.FileHandle;
    if (site !== undefined) {
      replaceAll(handle, { appendFile: appending(site), close: closing(site) });
    }
    return handle;
  };
}

/** A disk becomes full in the middle of what is written. */
const appending =
  (site: string) =>
  (real: AnyFunction): AnyFunction =>
    async function (...given) {
      if (!meet('file', 'appendFile', ['ENOSPC'], site)) return real.apply(this, given);
      const [bytes, ...options] = given;
      if (bytes instanceof Uint8Array) await real.call(this, half(bytes), ...options);
      throw systemError('ENOSPC', 'write');
    };

/** The system closes a file also if it says that it failed. */
const closing =
  (site: string) =>
  (real: AnyFunction): AnyFunction =>
    async function (...given) {
      const how = meet('file', 'close', ['EIO'], site);
      await real.apply(this, given);
      if (how) throw systemError(how, 'close');
    };

function writing(real: AnyFunction): AnyFunction {
  return async function (...given) {
    const how = meet('file', 'writeFile', ['EMFILE', 'ENOSPC', 'EIO']);
    if (!how) return real.apply(this, given);
    if (how === 'EMFILE') throw systemError(how, 'open');
    const [file, data, ...options] = given;
    // The first fails in the middle, the second when all was written.
    const isWhole = how === 'EIO';
    await real.call(this, file, isWhole ? data : beginningOf(data), ...options);
    throw systemError(how, isWhole ? 'close' : 'write');
  };
}

function beginningOf(data: unknown): unknown {
  if (typeof data === 'string') return half(Buffer.from(data));
  if (data instanceof Uint8Array) return half(data);
  return firstOf(data as AsyncIterable<unknown>);
}

async function* firstOf(parts: AsyncIterable<unknown>): AsyncGenerator {
  for await (const part of parts) {
    yield part;
    return;
  }
}

function half(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.length >> 1);
}

type Callback = (error: Error | null, ...results: readonly unknown[]) => void;

/** What a stream of a file calls later, from nowhere that could be told, fails as well. */
function reading(real: AnyFunction): AnyFunction {
  return function (...given) {
    const site = productSite();
    if (site === undefined) return real.apply(this, given);
    const [file, options] = given;
    const calling =
      (name: 'open' | 'read' | 'close', how: string): AnyFunction =>
      (...args) => {
        const done = args.at(-1) as Callback;
        const call = fs[name] as AnyFunction;
        if (!meet('file', `stream: ${name}`, [how], site)) return call(...args);
        const failed: Callback = () => {
          done(systemError(how, name));
        };
        if (name === 'close') call(...args.slice(0, -1), failed);
        else process.nextTick(failed, null);
        return undefined;
      };
    const parts = {
      open: calling('open', 'EMFILE'),
      read: calling('read', 'EIO'),
      close: calling('close', 'EIO'),
    };
    return real.call(this, file, { ...(options as object), fs: parts });
  };
}
