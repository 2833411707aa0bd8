import type { Agents } from './agents';
import { Authorization } from './authorizer';
import { KafkaError, type KafkaErrorKind } from '../errors';
import { certifiedFetch } from './certifiedFetch';
import { exchange, type Fetch, type HttpResponse, type Outcome } from './exchange';
import { failureOf } from './failure';
import { Route } from './redirects';
import type { HttpOptions, HttpRequest } from './request';
import { wait } from '../async/wait';
import { mayRepeat, waitBefore } from './retry';

/** The resources that all requests of a client share. */
export interface Transport {
  readonly agents: Agents;
  readonly fetch: Fetch;
}

/** The settings and resources of one request, shared by all its attempts. */
interface AttemptContext extends HttpOptions {
  /** Opens the client's transport. The first call reads the CA file. */
  readonly open: () => Promise<Transport>;
  readonly signal: AbortSignal;
  /** The time at which the signal aborts at the latest, by `performance.now()`. */
  readonly deadline: number;
}

/**
 * Sends a request and repeats it as `HttpClient.request` describes. Rejects with a plain `Error` if
 * the credentials are for another origin.
 */
export async function sendWithRetries(
  request: HttpRequest,
  context: AttemptContext,
): Promise<HttpResponse> {
  try {
    return await sendUntilDone(request, context);
  } catch (error) {
    throw withAuthorizer(error, request);
  }
}

/** Failures of an endpoint that the state of its cluster in Azure may explain. */
const SILENCES: ReadonlySet<KafkaErrorKind> = new Set([
  'host-not-found',
  'connection',
  'timeout',
  'unavailable',
]);

/**
 * Adds to a failure what whoever finds it does not know: the host and the way of signing in if the
 * client certificate fails, and the resource in Azure if the endpoint refuses or does not respond.
 * Returns any other error as it is.
 */
function withAuthorizer(error: unknown, { url, authorizer }: HttpRequest): unknown {
  if (!(error instanceof KafkaError)) return error;
  const { kind, status, host = url.host, signIn = authorizer?.kind } = error;
  const azure = authorizer?.azure;
  // An HTTP proxy that did not reach the endpoint says so with 502, 503 or 504.
  const isUnreached = kind === 'http-proxy-refused' && (status ?? 0) > 500;
  const isSilence = (SILENCES.has(kind) || isUnreached) && host === url.host;
  if (azure && (kind === 'forbidden' || isSilence)) return error.copy({ azure });
  if (kind !== 'client-certificate-unusable' && kind !== 'client-certificate-refused') return error;
  return error.copy({ host, signIn });
}

async function sendUntilDone(request: HttpRequest, context: AttemptContext): Promise<HttpResponse> {
  const { idempotent, authorizer, dialect, accept = isOk, secrets = [] } = request;
  const { signal, deadline, backoffMs = 250 } = context;
  const { retries = context.retries ?? 3 } = request;
  if (authorizer && authorizer.origin !== request.url.origin) {
    throw new Error(
      `The credentials for ${authorizer.origin} must not go to ${request.url.origin}.`,
    );
  }
  const route = new Route(request);
  const authorization = new Authorization(authorizer, signal);

  let failures = 0;
  for (let tries = 1; ; tries++) {
    const outcome = await sendOnce(request, context, { route, authorization, tries });
    if ('response' in outcome) {
      const { response } = outcome;
      if (accept(response.status)) return response;
      if (authorization.renewable(response) || route.follows(response)) continue;
    }

    const { error, sent, ...asked } = failureOf(outcome, {
      url: route.url,
      size: Buffer.byteLength(request.body ?? ''),
      idempotent,
      signIn: authorizer?.kind,
      blame: authorizer?.blame,
      dialect,
      hidden: [...secrets, ...authorization.hidden],
    });
    if (idempotent || !sent) signal.throwIfAborted();
    failures++;
    const repeatable = error instanceof KafkaError && mayRepeat(error, idempotent, sent);
    if (signal.aborted || !repeatable || failures > retries) throw error;
    const ms = waitBefore(failures, { baseMs: backoffMs, ...asked });
    if (performance.now() + ms >= deadline) throw error;
    await wait(ms, signal);
  }
}

/** Makes one attempt, to the current address of the route and with the current credentials. */
async function sendOnce(
  request: HttpRequest,
  context: AttemptContext,
  { route, authorization, tries }: { route: Route; authorization: Authorization; tries: number },
): Promise<Outcome> {
  const { method, headers, body, idempotent, into } = request;
  const { open, signal, log, connectTimeoutMs = 10_000 } = context;
  const { maxResponseBytes = 64 * 1024 * 1024 } = context;
  const { url } = route;
  const credentials = await authorization.current();
  // Opened after the sign-in, so that a failed sign-in does not read the CA file. A workspace may
  // name that file.
  const { agents, fetch } = await open();
  signal.throwIfAborted();
  const { certificate } = credentials;
  const agent = agents.pick(url, idempotent, certificate);
  const start = performance.now();
  const outcome = await exchange({
    fetch: certificate ? certifiedFetch(certificate) : fetch,
    method,
    url,
    headers: { ...headers, ...credentials.headers },
    body,
    agent,
    connectTimeoutMs,
    maxResponseBytes,
    into,
    signal,
  });
  log?.trace(describe(method, url, outcome, { tries, ms: performance.now() - start }));
  return outcome;
}

function isOk(status: number): boolean {
  return status >= 200 && status < 300;
}

function describe(
  method: string,
  { origin, pathname }: URL,
  outcome: Outcome,
  { tries, ms }: { tries: number; ms: number },
): string {
  let result = 'aborted';
  if ('response' in outcome) {
    result = `${outcome.response.status}, ${outcome.response.body.length} bytes`;
  } else if (outcome.error instanceof KafkaError) result = outcome.error.kind;
  return `${method} ${origin}${pathname}: ${result}, ${ms.toFixed(0)} ms, try ${tries}`;
}
