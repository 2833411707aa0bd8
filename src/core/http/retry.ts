import { backoff, MAX_WAIT_MS } from '../async/wait';
import type { KafkaErrorKind } from '../errors';

/** The facts about a failed attempt that decide whether to repeat it. */
export interface Failure {
  readonly kind: KafkaErrorKind;
  /** The HTTP status, if there was a response. */
  readonly status?: number | undefined;
}

/**
 * Whether the same request may be sent again after a failure. `sent` says whether a byte of it may
 * have reached the server. Repeating does not help against an untrusted certificate or a response
 * that is too large. 429 guarantees that nothing was processed.
 */
export function mayRepeat({ kind, status }: Failure, idempotent: boolean, sent: boolean): boolean {
  if (status === 429) return true;
  if (!idempotent && sent) return false;
  if (status !== undefined) return status >= 502 && status <= 504;
  return kind === 'host-not-found' || kind === 'connection' || kind === 'timeout';
}

/**
 * Returns the milliseconds to wait before the next attempt: the time that the server asked for, or
 * the `backoff`, but at most 30 s. `failures` counts from 1. `now` is the time by the server's
 * clock, in epoch milliseconds.
 */
export function waitBefore(
  failures: number,
  { baseMs, retryAfter, now }: { baseMs: number; retryAfter: string | null; now: number },
): number {
  return Math.min(MAX_WAIT_MS, parseRetryAfter(retryAfter, now) ?? backoff(failures, baseMs));
}

/**
 * Returns `Retry-After`, which is either seconds or a date, as milliseconds after `now` (RFC 9110,
 * section 10.2.3).
 */
function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
