import { openAgents, trustedWith } from './agents';
import { KafkaError } from '../errors';
import type { HttpResponse } from './exchange';
import type { HttpOptions, HttpRequest } from './request';
import { sendWithRetries } from './attempts';
import type { Transport } from './attempts';
import { unlessAborted } from '../async/unlessAborted';

export type { HttpResponse } from './exchange';
export type { Authorizer, Credentials } from './authorizer';
export type { HttpOptions, HttpRequest, Log } from './request';

export interface HttpClient {
  /**
   * Sends a request and returns the response. Rejects with a `KafkaError`, or at once with the signal's
   * reason when that aborts.
   *
   * An idempotent request is repeated after 429, 502, 503, 504 and broken or missing connections, any
   * other only after 429 and when nothing was sent. Both are repeated once after a 401, if the sign-in
   * has fresh credentials. A request that is not idempotent and was sent without a clear response (cut
   * off, timed out, aborted, or answered with 5xx) rejects with kind `unclear`. Any other failure of
   * such a request proves that nothing was processed.
   */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** Ends all connections and fails the requests under way. */
  dispose(): void;
}

/** Opens an HTTP client with its own connection pools. Reads the CA file with the first request. */
export function openHttp(options: HttpOptions = {}): HttpClient {
  const { caFile, requestTimeoutMs = 60_000 } = options;
  const underWay = new Set<AbortController>();
  let transport: Promise<Transport> | undefined;
  let disposed = false;

  async function openOnce(): Promise<Transport> {
    transport ??= openTransport(caFile);
    try {
      return await transport;
    } catch (error) {
      transport = undefined;
      throw error;
    }
  }

  async function request(wanted: HttpRequest): Promise<HttpResponse> {
    const { url, signal } = wanted;
    signal?.throwIfAborted();
    if (disposed) throw new KafkaError('closed', { host: url.host });
    const end = new AbortController();
    const abort = (): void => {
      end.abort(signal?.reason);
    };
    signal?.addEventListener('abort', abort);
    const timer = setTimeout(() => {
      const detail = `no complete answer within ${requestTimeoutMs} ms`;
      end.abort(new KafkaError('timeout', { detail, host: url.host }));
    }, requestTimeoutMs);
    underWay.add(end);
    const deadline = performance.now() + requestTimeoutMs;
    try {
      const open = async (): Promise<Transport> => {
        end.signal.throwIfAborted();
        return unlessAborted(openOnce(), end.signal);
      };
      return await sendWithRetries(wanted, { ...options, open, signal: end.signal, deadline });
    } finally {
      underWay.delete(end);
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  }

  function dispose(): void {
    disposed = true;
    for (const end of underWay) end.abort(new KafkaError('closed'));
    void transport?.then(
      ({ agents }) => {
        agents.dispose();
      },
      () => undefined,
    );
  }

  return { request, dispose };
}

async function openTransport(caFile: string | undefined): Promise<Transport> {
  const agents = openAgents(await trustedWith(caFile));
  // Loaded here, because node-fetch takes 10 ms, for which the start of VS Code must not wait.
  const { default: fetch } = await import('node-fetch');
  return { agents, fetch };
}
