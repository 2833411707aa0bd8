import childProcess, { type ChildProcess } from 'node:child_process';
import { meet } from '../calls';
import { systemError } from './files';
import { type AnyFunction, replaceAll } from './replace';

/**
 * `throws`: there is no memory for it, which Node throws. `EAGAIN`: there are too many processes. `killed`: it is
 * ended when it has just begun. `cut`: it is ended in the middle of what it writes.
 */
const hows = ['throws', 'EAGAIN', 'killed', 'cut'] as const;

/** Lets programs that are started fail; returns what ends that. */
export function seamOfPrograms(): () => void {
  return replaceAll(childProcess, { spawn: spawning });
}

function spawning(real: AnyFunction): AnyFunction {
  return function (...given) {
    const how = meet('program', 'spawn', hows);
    if (how === 'throws') throw systemError('ENOMEM', 'spawn');
    // Node tells of what the system refuses later, by an event.
    const [file, ...others] = given;
    const started = how === 'EAGAIN' ? '/nowhere/at/all' : file;
    const child = real.call(this, started, ...others) as ChildProcess;
    if (how === 'EAGAIN') {
      const emit = child.emit.bind(child) as (
        event: string,
        ...args: readonly unknown[]
      ) => boolean;
      child.emit = (event: string | symbol, ...args: readonly unknown[]) =>
        event === 'error' ? emit('error', systemError(how, 'spawn')) : emit(String(event), ...args);
    }
    if (how === 'killed') child.kill('SIGKILL');
    if (how === 'cut') {
      const stdout = child.stdout;
      const push = stdout?.push.bind(stdout);
      if (stdout && push) {
        stdout.push = (chunk: unknown, encoding) => {
          child.kill('SIGKILL');
          if (!(chunk instanceof Uint8Array)) return push(chunk, encoding);
          return push(chunk.subarray(0, chunk.length >> 1), encoding);
        };
      }
    }
    return child;
  };
}
