import { backoff, wait } from '../async/wait';
import { KafkaError, type KafkaErrorKind } from '../errors';
import type { ProduceResult } from '../kafka';

/**
 * The failures that may pass by themselves. `KafkaProxy.produce` rejects only if nothing was
 * written, so sending again duplicates nothing. `not-found` is one of them, because the nodes of a
 * proxy may disagree for a while about which topics exist.
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

/** Returns whether a failure to produce may pass by itself. */
export function isTemporary(error: unknown): boolean {
  return error instanceof KafkaError && TEMPORARY.has(error.kind);
}

/** A call that waits for its next attempt. */
export interface Waiting {
  /** The number of the next attempt, from 2 on. */
  readonly attempt: number;
  readonly error: KafkaError;
}

export interface RetryBudget {
  /** How long to keep trying, in milliseconds. With 0 a call is tried once. */
  readonly retryBudgetMs: number;
  /** The first pause, in milliseconds. Later ones grow up to 30 s. */
  readonly pauseMs: number;
  /** Ends the pauses between attempts; a call under way goes on. */
  readonly stopped: AbortSignal;
  /** A call that rejects with the signal's reason was aborted before anything was sent. */
  readonly signal?: AbortSignal | undefined;
  /** Resolves with `true` once the call may be sent again, or with `false` if it is cancelled. */
  readonly ready: () => Promise<boolean>;
  /** Called before each pause, and with `undefined` when no more attempts follow. */
  readonly onWait: (waiting: Waiting | undefined) => void;
}

/** The outcome of a call with all its attempts. */
export type SendOutcome =
  | { readonly results: readonly ProduceResult[]; readonly error?: never }
  /** Certainly nothing was written. If there is no error, the call was cancelled. */
  | { readonly results?: never; readonly error?: KafkaError };

/**
 * Sends records, and tries again within the budget after failures that may pass. Rejects only with
 * an error that is neither a `KafkaError` nor the reason of `signal`.
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
        if (!isTemporary(error) || left <= 0) return { error };
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

/** Waits. Returns `false` if the wait was stopped early. */
async function waited(ms: number, stopped: AbortSignal): Promise<boolean> {
  try {
    await wait(ms, stopped);
    return true;
  } catch {
    return false;
  }
}
