import type Fetch from 'node-fetch';
import type { Agents } from './agents';
import { KafkaError } from '../errors';
import type { KafkaErrorKind } from '../errors';
import { exchange } from './exchange';
import type { HttpResponse, Outcome } from './exchange';
import type { HttpOptions, HttpRequest } from './request';
import { mayRepeat, wait, waitBefore } from './retry';
import { serverDetail } from './serverDetail';

const MAX_REDIRECTS = 5;

/** What a client has for all of its requests. */
export interface Transport {
  readonly agents: Agents;
  readonly fetch: typeof Fetch;
}

/** What a client lends to one of its requests, for all the tries together. */
interface AttemptContext extends HttpOptions {
  /** Reads the CA file when it is first called. */
  readonly open: () => Promise<Transport>;
  readonly signal: AbortSignal;
  /** When the signal aborts at the latest, on the clock of `performance.now()`. */
  readonly deadline: number;
}

/** Sends a request as often as its policy allows; see `HttpClient.request`. */
export async function sendWithRetries(
  request: HttpRequest,
  context: AttemptContext,
): Promise<HttpResponse> {
  const { method, headers, body, idempotent, token: source, accept = isOk, secrets = [] } = request;
  const { open, signal, deadline, log, connectTimeoutMs = 10_000 } = context;
  const { maxResponseBytes = 64 * 1024 * 1024, retries = 3, backoffMs = 250 } = context;
  if (source && source.origin !== request.url.origin) {
    throw new Error(`The token for ${source.origin} must not go to ${request.url.origin}.`);
  }

  let { url } = request;
  let refused: string | undefined;
  let redirects = 0;
  let failures = 0;
  for (let tries = 1; ; tries++) {
    const token = await source?.token({ signal, ...(refused !== undefined && { refused }) });
    // Only now: who has no secret for a cluster does not touch its CA file, which a workspace may
    // name.
    const { agents, fetch } = await open();
    signal.throwIfAborted();
    const start = performance.now();
    const outcome = await exchange({
      fetch,
      method,
      url,
      headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body,
      agent: agents.pick(url, idempotent),
      connectTimeoutMs,
      maxResponseBytes,
      into: request.into,
      signal,
    });
    log?.trace(describe(request, url, outcome, { tries, ms: performance.now() - start }));

    if ('response' in outcome) {
      const { response } = outcome;
      if (accept(response.status)) return response;
      if (response.status === 401 && token !== undefined && refused === undefined) {
        refused = token;
        continue;
      }
      const target = redirectTarget(response, url);
      if (method === 'GET' && target?.origin === url.origin && redirects < MAX_REDIRECTS) {
        redirects++;
        url = target;
        continue;
      }
    }

    const hidden = token === undefined ? secrets : [...secrets, token];
    const { error, sent, ...asked } = failureOf(outcome, { url, idempotent, hidden });
    if (idempotent || !sent) signal.throwIfAborted();
    failures++;
    const repeatable = error instanceof KafkaError && mayRepeat(error, idempotent, sent);
    if (signal.aborted || !repeatable || failures > retries) throw error;
    const ms = waitBefore(failures, { baseMs: backoffMs, ...asked });
    if (performance.now() + ms >= deadline) throw error;
    await wait(ms, signal);
  }
}

function isOk(status: number): boolean {
  return status >= 200 && status < 300;
}

function redirectTarget({ status, headers }: HttpResponse, url: URL): URL | undefined {
  const location = headers.get('location');
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return undefined;
  return URL.canParse(location, url.href) ? new URL(location, url) : undefined;
}

/** What is thrown if the try is not repeated, and what counts for repeating it. */
function failureOf(
  outcome: Outcome,
  { url, idempotent, hidden }: { url: URL; idempotent: boolean; hidden: readonly string[] },
): { error: unknown; sent: boolean; retryAfter: string | null; now: number } {
  const { host } = url;
  const now = Date.now();
  if ('response' in outcome) {
    const { status, headers, text } = outcome.response;
    const unclear = !idempotent && !provesNothingDone(status);
    const target = redirectTarget(outcome.response, url);
    const detail = serverDetail(target ? `to ${target.origin}` : text, hidden);
    const kind = unclear ? 'unclear' : kindOf(status);
    const error = new KafkaError(kind, { status, detail, host });
    // A date that the server gives is by its own clock, which may be off.
    const date = Date.parse(headers.get('date') ?? '');
    const retryAfter = headers.get('retry-after');
    return { error, sent: true, retryAfter, now: Number.isNaN(date) ? now : date };
  }
  const { error, sent } = outcome;
  if (idempotent || !sent) return { error, sent, retryAfter: null, now };
  const facts = error instanceof KafkaError ? { status: error.status, detail: error.detail } : {};
  const unknown = new KafkaError('unclear', { ...facts, host, cause: error });
  return { error: unknown, sent, retryAfter: null, now };
}

/**
 * A refusal does; 408 comes from a server that lost patience half-way, 303 from one that is done.
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

function describe(
  { method }: HttpRequest,
  { origin, pathname }: URL,
  outcome: Outcome,
  { tries, ms }: { tries: number; ms: number },
): string {
  let what = 'aborted';
  if ('response' in outcome)
    what = `${outcome.response.status}, ${outcome.response.body.length} bytes`;
  else if (outcome.error instanceof KafkaError) what = outcome.error.kind;
  return `${method} ${origin}${pathname}: ${what}, ${ms.toFixed(0)} ms, try ${tries}`;
}
