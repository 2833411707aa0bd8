import { cpus } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

/** Where and when figures were measured; no names, no paths. */
export interface Machine {
  readonly node: string;
  readonly platform: string;
  readonly cpus: number;
  readonly date: string;
}

export function describeMachine(): Machine {
  return {
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    cpus: cpus().length,
    date: new Date().toISOString(),
  };
}

/** Milliseconds of a look at the processors. */
const LOOK_MS = 200;
/** So many looks in a row have to find them idle, unless told otherwise. */
const CALM_LOOKS = 3;
const IDLE_SHARE = 0.8;

/**
 * Waits until the processors are idle, at most so many milliseconds. Returns whether they are.
 */
export async function waitUntilIdle(mostMs: number, looks = CALM_LOOKS): Promise<boolean> {
  const end = performance.now() + mostMs;
  for (let calm = 0; calm < looks;) {
    if (performance.now() >= end) return false;
    calm = (await idleShare(LOOK_MS)) > IDLE_SHARE ? calm + 1 : 0;
  }
  return true;
}

/** The share of the processors' time that nothing used, from now on for so many milliseconds. */
async function idleShare(milliseconds: number): Promise<number> {
  const before = cpus();
  await wait(milliseconds);
  let idle = 0;
  let all = 0;
  cpus().forEach(({ times }, index) => {
    for (const kind of ['user', 'nice', 'sys', 'idle', 'irq'] as const) {
      const used = times[kind] - (before[index]?.times[kind] ?? 0);
      all += used;
      if (kind === 'idle') idle += used;
    }
  });
  return all === 0 ? 1 : idle / all;
}
