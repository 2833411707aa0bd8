import { KafkaError, type KafkaErrorKind } from '../../core/errors';
import type { ProduceResult } from '../../core/kafka';
import { wait, waitBefore } from '../../core/http/retry';

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
  /** How long to go on trying, in milliseconds. */
  readonly retryBudgetMs: number;
  /** The first pause, in milliseconds; then they grow, up to 30 s. */
  readonly pauseMs: number;
  /** Ends the waiting. */
  readonly stopped: AbortSignal;
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
 * Sends records, and again while what keeps them from being sent may pass. Rejects only with what is
 * neither a `KafkaError` nor the reason of `aborted`, which is what ends a call under way.
 */
export async function sendWithinBudget(
  send: () => Promise<readonly ProduceResult[]>,
  aborted: AbortSignal,
  { retryBudgetMs, pauseMs, stopped, ready, onWait }: RetryBudget,
): Promise<SendOutcome> {
  const end = performance.now() + retryBudgetMs;
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return { results: await send() };
      } catch (error) {
        if (aborted.aborted && error === aborted.reason) return {};
        if (!(error instanceof KafkaError)) throw error;
        const left = end - performance.now();
        if (!TEMPORARY.has(error.kind) || left <= 0) return { error };
        if (stopped.aborted) return {};
        onWait({ attempt: attempt + 1, error });
        const pause = waitBefore(attempt, { baseMs: pauseMs, retryAfter: null, now: Date.now() });
        if (!(await waited(Math.min(pause, left), stopped))) return {};
        if (!(await ready())) return {};
      }
    }
  } finally {
    onWait(undefined);
  }
}

/** Waits, and tells whether it came to the end. */
async function waited(ms: number, stopped: AbortSignal): Promise<boolean> {
  try {
    await wait(ms, stopped);
    return true;
  } catch {
    return false;
  }
}
