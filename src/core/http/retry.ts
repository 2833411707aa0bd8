import { backoff, MAX_WAIT_MS } from '../async/wait';
import type { KafkaErrorKind } from '../errors';

/** The facts about a failed attempt that decide whether to repeat it. */
export interface Failure {
  readonly kind: KafkaErrorKind;
  /** The HTTP status, if there was a response. */
  readonly status?: number | undefined;
}

/**
 * Whether the same request may be sent again after a failure; `sent` tells whether a byte of it may
 * have reached the server. An untrusted certificate or a response that is too large does not get
 * better; 429 says for certain that nothing was processed.
 */
export function mayRepeat({ kind, status }: Failure, idempotent: boolean, sent: boolean): boolean {
  if (status === 429) return true;
  if (!idempotent && sent) return false;
  if (status !== undefined) return status >= 502 && status <= 504;
  return kind === 'host-not-found' || kind === 'connection' || kind === 'timeout';
}

/**
 * Returns how many milliseconds to wait before the next attempt: what the server asked for, else
 * exponential with jitter (between half of it and all), at most 30 s. `failures` counts from 1;
 * `now` is the time by the clock of the server, in epoch milliseconds.
 */
export function waitBefore(
  failures: number,
  { baseMs, retryAfter, now }: { baseMs: number; retryAfter: string | null; now: number },
): number {
  return Math.min(MAX_WAIT_MS, parseRetryAfter(retryAfter, now) ?? backoff(failures, baseMs));
}

/**
 * Reads `Retry-After` as milliseconds after `now`: seconds or a date (RFC 9110, section 10.2.3).
 */
function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
