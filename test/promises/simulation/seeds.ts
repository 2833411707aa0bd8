import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { Outcome } from './simulate';
import type { Ask } from './worker';

/** A seed that takes longer than this on the slowest of machines will never end, in milliseconds. */
const HANG_MS = 60_000;

export interface SeedOptions {
  /** How many processes share the seeds; default: one for each processor. */
  readonly processes?: number;
  /** Whether the outcomes have their traces; default: false. */
  readonly traced?: boolean;
  /** Called with each outcome. Returns whether to go on with further seeds. */
  readonly onOutcome: (outcome: Outcome) => boolean;
}

/** Simulates seeds in processes of their own. Rejects if one of these processes ends by itself. */
export async function runSeeds(
  bundle: string,
  seeds: Iterable<number>,
  { processes = availableParallelism(), traced = false, onOutcome }: SeedOptions,
): Promise<void> {
  const left = seeds[Symbol.iterator]();
  let goesOn = true;
  const work = async (): Promise<void> => {
    const child = fork(bundle, { execArgv: traced ? ['--enable-source-maps'] : [] });
    try {
      while (goesOn) {
        const next = left.next();
        if (next.done) break;
        const outcome = await ask(child, { seed: next.value, traced });
        if (!onOutcome(outcome)) goesOn = false;
      }
    } finally {
      child.kill();
    }
  };
  await Promise.all(Array.from({ length: processes }, work));
}

/** Returns `count` seeds from `first` on. */
export function* seedsFrom(first: number, count: number): Generator<number, void, undefined> {
  for (let seed = first; seed < first + count; seed++) yield seed;
}

function ask(child: ChildProcess, wanted: Ask): Promise<Outcome> {
  const { seed } = wanted;
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(watch);
      child.removeAllListeners();
      act();
    };
    const watch = setTimeout(() => {
      const violation = `it does not come back within ${HANG_MS / 1000} s of real time`;
      settle(() => {
        resolve({ seed, violation, requests: 0, trace: [] });
      });
    }, HANG_MS);
    child.once('message', (outcome) => {
      settle(() => {
        resolve(outcome as Outcome);
      });
    });
    child.once('exit', (code) => {
      settle(() => {
        reject(new Error(`seed ${seed}: the process ended with status ${code}`));
      });
    });
    child.send(wanted);
  });
}
