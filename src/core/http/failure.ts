import { KafkaError, type KafkaErrorKind } from '../errors';
import type { Authorizer } from './authorizer';
import type { Outcome } from './exchange';
import { redirectTarget } from './redirects';
import { serverDetail } from './serverDetail';

/** The facts about a request whose attempt failed. */
export interface FailedRequest {
  readonly url: URL;
  /** The size of its body in bytes. */
  readonly size: number;
  readonly idempotent: boolean;
  /** The way of signing in, if there is one. */
  readonly signIn: string | undefined;
  /** Returns the field or secret of the sign-in that a refusal points at, if it is known. */
  readonly blame: Authorizer['blame'];
  /** The dialect of the REST proxy, if it is one. */
  readonly dialect: string | undefined;
  /** Texts that the error may not show. */
  readonly hidden: readonly string[];
}

/** The error to throw unless the request is sent again, and the facts that decide about that. */
export interface FailedAttempt {
  readonly error: unknown;
  /** Whether a byte of the request may have reached the server. */
  readonly sent: boolean;
  /** The header `Retry-After` of the response. */
  readonly retryAfter: string | null;
  /**
   * The current time in epoch milliseconds: the server's if it sent one, otherwise the local one.
   */
  readonly now: number;
}

/** Turns the outcome of an attempt that is not accepted into a failure. */
export function failureOf(
  outcome: Outcome,
  { url, size, idempotent, signIn, blame, dialect, hidden }: FailedRequest,
): FailedAttempt {
  const { host } = url;
  const now = Date.now();
  if ('response' in outcome) {
    const { status, headers, text } = outcome.response;
    const unclear = !idempotent && !provesNothingDone(status);
    const target = redirectTarget(outcome.response, url);
    const detail = serverDetail(target ? `to ${target.origin}` : text, hidden);
    const kind = unclear ? 'unclear' : kindOf(status, detail);
    const bytes = kind === 'too-large' ? size : undefined;
    const isRefused = kind === 'unauthorized' || kind === 'forbidden';
    const facts = { status, detail, host, bytes, signIn, dialect };
    const error = new KafkaError(kind, { ...facts, ...(isRefused && { field: blame?.(detail) }) });
    // A date in `Retry-After` refers to the server's clock, which may be wrong.
    const date = Date.parse(headers.get('date') ?? '');
    const retryAfter = headers.get('retry-after');
    return { error, sent: true, retryAfter, now: Number.isNaN(date) ? now : date };
  }
  const { error, sent } = outcome;
  if (idempotent || !sent) {
    return { error: inDialect(error, dialect), sent, retryAfter: null, now };
  }
  const facts = error instanceof KafkaError ? { status: error.status, detail: error.detail } : {};
  const unclear = new KafkaError('unclear', { ...facts, host, cause: error });
  return { error: unclear, sent, retryAfter: null, now };
}

/** Adds the dialect to a failure of a connection, whose finder does not know it. */
function inDialect(error: unknown, dialect: string | undefined): unknown {
  if (!(error instanceof KafkaError)) return error;
  const { kind, status, detail, host, bytes, signIn, cause } = error;
  return new KafkaError(kind, { status, detail, host, bytes, signIn, dialect, cause });
}

/**
 * Whether a status proves that nothing was processed. A refusal does. 408 does not, because the
 * server stopped waiting half-way. 303 does not, because it is sent after the work is done.
 */
function provesNothingDone(status: number): boolean {
  return status >= 300 && status < 500 && status !== 303 && status !== 408;
}

/** What nginx says, which ends the handshake before it refuses a client certificate, or lacks one. */
const certificateRefused = /\b(No required SSL certificate was sent|The SSL certificate error)\b/;

function kindOf(status: number, detail: string): KafkaErrorKind {
  if (status === 400 && certificateRefused.test(detail)) return 'client-certificate-refused';
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
