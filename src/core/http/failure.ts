import { KafkaError, type KafkaErrorKind } from '../errors';
import type { Outcome } from './exchange';
import { redirectTarget } from './redirects';
import { serverDetail } from './serverDetail';

/** What is known of the request that an attempt failed for. */
export interface FailedRequest {
  readonly url: URL;
  readonly idempotent: boolean;
  /** The way of signing in, where there is one. */
  readonly signIn: string | undefined;
  /** Texts that the error may not show. */
  readonly hidden: readonly string[];
}

/** What is thrown unless the request is sent again, and what decides about that. */
export interface FailedAttempt {
  readonly error: unknown;
  /** Whether a byte of the request may have reached the server. */
  readonly sent: boolean;
  readonly retryAfter: string | null;
  /** Epoch milliseconds, by the clock that `retryAfter` goes by. */
  readonly now: number;
}

/** Turns the outcome of an attempt that is not accepted into a failure. */
export function failureOf(
  outcome: Outcome,
  { url, idempotent, signIn, hidden }: FailedRequest,
): FailedAttempt {
  const { host } = url;
  const now = Date.now();
  if ('response' in outcome) {
    const { status, headers, text } = outcome.response;
    const unclear = !idempotent && !provesNothingDone(status);
    const target = redirectTarget(outcome.response, url);
    const detail = serverDetail(target ? `to ${target.origin}` : text, hidden);
    const kind = unclear ? 'unclear' : kindOf(status);
    const error = new KafkaError(kind, { status, detail, host, signIn });
    // A date that the server gives is by its own clock, which may be off.
    const date = Date.parse(headers.get('date') ?? '');
    const retryAfter = headers.get('retry-after');
    return { error, sent: true, retryAfter, now: Number.isNaN(date) ? now : date };
  }
  const { error, sent } = outcome;
  if (idempotent || !sent) return { error, sent, retryAfter: null, now };
  const facts = error instanceof KafkaError ? { status: error.status, detail: error.detail } : {};
  const unclear = new KafkaError('unclear', { ...facts, host, cause: error });
  return { error: unclear, sent, retryAfter: null, now };
}

/**
 * Whether a status proves that nothing was processed. A refusal does. 408 does not, because the
 * server stopped waiting half-way; nor does 303, because the server has finished.
 */
function provesNothingDone(status: number): boolean {
  return status >= 300 && status < 500 && status !== 303 && status !== 408;
}

function kindOf(status: number): KafkaErrorKind {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 408) return 'timeout';
  if (status === 413) return 'too-large';
  if (status === 429) return 'throttled';
  if (status >= 500) return 'unavailable';
  if (status >= 400) return 'rejected';
  return status >= 300 ? 'redirect' : 'protocol';
}
