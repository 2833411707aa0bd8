import { setTimeout as delay } from 'node:timers/promises';

/** The longest that one wait may be, in milliseconds. */
export const MAX_WAIT_MS = 30_000;

/**
 * Returns the milliseconds to wait before the next attempt: exponential with jitter (between half
 * of it and all of it), 30 s at most. `failures` counts from 1.
 */
export function backoff(failures: number, baseMs: number): number {
  return Math.min(MAX_WAIT_MS, baseMs * 2 ** (failures - 1) * (0.5 + Math.random() / 2));
}

/** Waits; rejects with the signal's reason as soon as it aborts. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch {
    signal.throwIfAborted();
  }
}
