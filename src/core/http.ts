import { openAgents, trustedWith } from './agents';
import type { Agents } from './agents';
import { KafkaError } from './errors';
import type { HttpAnswer } from './exchange';
import type { Repeat } from './retry';
import { send } from './send';

export type { HttpAnswer } from './exchange';

/** Where requests are told of. Messages hold no query, header, body or token. */
export interface Log {
  trace(message: string): void;
}

/** Who is asked for bearer tokens. */
export interface TokenSource {
  /** The only origin that the token may be sent to. */
  readonly origin: string;
  /**
   * A token that is valid now. `refused` is one that the server answered with 401: it gives another.
   * Rejects with the signal's reason when that aborts.
   */
  token(options: { signal?: AbortSignal; refused?: string }): Promise<string>;
}

export interface HttpOptions {
  /** A PEM file whose certificates are trusted in addition to Node's and the system's. */
  readonly caFile?: string;
  /** For TCP, a proxy's tunnel and TLS, of each try. Default 10 s. */
  readonly connectTimeoutMs?: number;
  /** For the whole request: token, all tries and the waits between them. Default 60 s. */
  readonly requestTimeoutMs?: number;
  /** The largest answer, unpacked. Default 64 MiB. */
  readonly maxAnswerBytes?: number;
  /** How often a try that failed is repeated. Default 3. */
  readonly retries?: number;
  /** The first wait before a repetition, which then doubles each time. Default 250 ms. */
  readonly backoffMs?: number;
  readonly log?: Log;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Authorizes the request. Its origin must be that of `url`. */
  readonly token?: TokenSource;
  readonly signal?: AbortSignal;
  /** `read` may be repeated; `write` never once a byte of it may have been processed. */
  readonly repeat: Repeat;
  /** Statuses that are answers and not failures. Default: 2xx. */
  readonly accept?: (status: number) => boolean;
  /** Texts that no error may show, such as a client secret in the body. */
  readonly secrets?: readonly string[];
}

export interface HttpClient {
  /**
   * Sends a request and returns the answer. Rejects with a `KafkaError`, or at once with the signal's
   * reason when that aborts.
   *
   * A `read` is repeated after 429, 502, 503, 504 and broken or missing connections, a `write` only
   * after 429 and when nothing was sent; both once after a 401, with a fresh token. A `write` that was
   * sent and not answered (cut off, timed out, aborted, or answered with 5xx) rejects with kind
   * `outcome-unknown`, any other failure of a `write` proves that nothing was processed.
   */
  request(request: HttpRequest): Promise<HttpAnswer>;
  /** Ends all connections and fails the requests under way. */
  dispose(): void;
}

/** Opens an HTTP client with its own connection pools. Reads the CA file with the first request. */
export function openHttp(options: HttpOptions = {}): HttpClient {
  const { caFile, requestTimeoutMs = 60_000 } = options;
  const underWay = new Set<AbortController>();
  let agents: Promise<Agents> | undefined;
  let disposed = false;

  async function openOnce(): Promise<Agents> {
    agents ??= trustedWith(caFile).then(openAgents);
    try {
      return await agents;
    } catch (error) {
      agents = undefined;
      throw error;
    }
  }

  async function request(wanted: HttpRequest): Promise<HttpAnswer> {
    const { url, signal } = wanted;
    signal?.throwIfAborted();
    if (disposed) throw new KafkaError('connection', { detail: 'closed', host: url.host });
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
      const means = { ...options, agents: await openOnce(), signal: end.signal, deadline };
      return await send(wanted, means);
    } finally {
      underWay.delete(end);
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  }

  function dispose(): void {
    disposed = true;
    for (const end of underWay) end.abort(new KafkaError('connection', { detail: 'closed' }));
    void agents?.then(
      (opened) => {
        opened.dispose();
      },
      () => undefined,
    );
  }

  return { request, dispose };
}
