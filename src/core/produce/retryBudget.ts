import { backoff, wait } from '../async/wait';
import { KafkaError, type KafkaErrorKind } from '../errors';
import type { ProduceResult } from '../kafka';

/**
 * What may pass by itself. `KafkaProxy.produce` rejects only if nothing was written, so that sending
 * again doubles nothing. Proxies disagree for a while about which topics there are.
 */
const TEMPORARY: ReadonlySet<KafkaErrorKind> = new Set([
  'connection',
  'host-not-found',
  'not-found',
  'http-proxy-refused',
  'throttled',
  'timeout',
  'unavailable',
]);

/** A call that is to be tried again. */
export interface Waiting {
  /** The number of the next attempt, from 2 on. */
  readonly attempt: number;
  readonly error: KafkaError;
}

export interface RetryBudget {
  /** How long to go on trying, in milliseconds; 0: a call is tried once. */
  readonly retryBudgetMs: number;
  /** The first pause, in milliseconds; then they grow, up to 30 s. */
  readonly pauseMs: number;
  /** Ends the pauses between attempts; a call under way goes on. */
  readonly stopped: AbortSignal;
  /** Its reason tells a call that was broken off before anything was sent. */
  readonly signal?: AbortSignal | undefined;
  /** Resolves when it is known whether the call may be sent again, or is called off. */
  readonly ready: () => Promise<boolean>;
  /** Told before each pause, and with nothing when the waiting is over. */
  readonly onWait: (waiting: Waiting | undefined) => void;
}

/** What became of a call. */
export type SendOutcome =
  | { readonly results: readonly ProduceResult[]; readonly error?: never }
  /** Certainly nothing was written. Without an error, because it was called off. */
  | { readonly results?: never; readonly error?: KafkaError };

/**
 * Sends records, and sends them again while what keeps them from being sent may pass. Rejects only
 * with what is neither a `KafkaError` nor the reason of `signal`.
 */
export async function sendWithinBudget(
  send: () => Promise<readonly ProduceResult[]>,
  { retryBudgetMs, pauseMs, stopped, signal, ready, onWait }: RetryBudget,
): Promise<SendOutcome> {
  const end = performance.now() + retryBudgetMs;
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return { results: await send() };
      } catch (error) {
        if (signal?.aborted && error === signal.reason) return {};
        if (!(error instanceof KafkaError)) throw error;
        const left = end - performance.now();
        if (!TEMPORARY.has(error.kind) || left <= 0) return { error };
        if (stopped.aborted) return {};
        onWait({ attempt: attempt + 1, error });
        const pause = Math.min(backoff(attempt, pauseMs), left);
        if (!(await waited(pause, stopped))) return {};
        if (!(await ready())) return {};
      }
    }
  } finally {
    onWait(undefined);
  }
}

/** Waits, and returns whether the wait came to its end. */
async function waited(ms: number, stopped: AbortSignal): Promise<boolean> {
  try {
    await wait(ms, stopped);
    return true;
  } catch {
    return false;
  }
}
