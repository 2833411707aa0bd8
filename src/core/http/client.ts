import { stat } from 'node:fs/promises';
import { openAgents, trustedWith } from './agents';
import { KafkaError } from '../errors';
import type { HttpResponse } from './exchange';
import type { HttpOptions, HttpRequest } from './request';
import { sendWithRetries } from './attempts';
import type { Transport } from './attempts';
import { unlessAborted } from '../async/unlessAborted';

export type { HttpResponse } from './exchange';
export type { Authorizer, Credentials } from './authorizer';
export type { ClientCertificate } from './clientCertificate';
export type { HttpOptions, HttpRequest, Log } from './request';

export interface HttpClient {
  /**
   * Sends a request and returns the response. Rejects with a `KafkaError`, or with the reason of
   * the request's signal as soon as it aborts.
   *
   * An idempotent request is repeated after 429, 502, 503 or 504, and after a connection that
   * failed, was cut off or timed out. Any other request is repeated only after 429, or if its
   * connection failed before anything was sent. Both are repeated once after a 401 if the sign-in
   * has fresh credentials. A GET follows redirects within its origin.
   *
   * A request that is not idempotent rejects with kind `unclear` if it may have been processed: it
   * was cut off, timed out or aborted after it was sent, or the response was 303, 408, 5xx or a 2xx
   * that the request does not accept. Any other failure of such a request proves that nothing was
   * processed.
   */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** Ends all connections. Requests that are under way reject with kind `closed`. */
  dispose(): void;
}

/**
 * Opens an HTTP client with its own connection pools. The first request reads the CA file, and so
 * does each request after the file has changed.
 */
export function openHttp(options: HttpOptions = {}): HttpClient {
  const { caFile, requestTimeoutMs = 60_000 } = options;
  const underWay = new Set<AbortController>();
  /** All transports so far. Requests under way may still use those for an older CA file. */
  const transports: Promise<Transport>[] = [];
  let current: { readonly version: string; readonly transport: Promise<Transport> } | undefined;
  let disposed = false;

  const isCurrent = (transport: Promise<Transport>) => current?.transport === transport;

  async function openOnce(): Promise<Transport> {
    // If the file is gone, its certificates stay in force: it may just be about to be replaced.
    const version = (caFile && (await versionOf(caFile))) ?? current?.version ?? '';
    if (current?.version !== version) {
      const transport = openTransport(caFile);
      transports.push(transport);
      current = { version, transport };
    }
    const { transport } = current;
    try {
      return await transport;
    } catch (error) {
      if (isCurrent(transport)) current = undefined;
      throw error;
    }
  }

  async function request(wanted: HttpRequest): Promise<HttpResponse> {
    const { url, signal } = wanted;
    signal?.throwIfAborted();
    if (disposed) throw new KafkaError('closed', { host: url.host });
    const limitMs = Math.min(wanted.timeoutMs ?? Infinity, requestTimeoutMs);
    const end = new AbortController();
    const abort = (): void => {
      end.abort(signal?.reason);
    };
    signal?.addEventListener('abort', abort);
    const timer = setTimeout(() => {
      const detail = `no complete response within ${limitMs} ms`;
      end.abort(new KafkaError('timeout', { detail, host: url.host }));
    }, limitMs);
    underWay.add(end);
    const deadline = performance.now() + limitMs;
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
    for (const transport of transports) {
      transport.then(
        ({ agents }) => {
          agents.dispose();
        },
        () => undefined,
      );
    }
  }

  return { request, dispose };
}

async function openTransport(caFile: string | undefined): Promise<Transport> {
  const agents = openAgents(await trustedWith(caFile));
  // Loaded late, because loading takes 10 ms and must not delay the start of VS Code.
  const { default: fetch } = await import('node-fetch');
  return { agents, fetch };
}

/** Returns a text that changes with the file; `undefined` if there is no such file. */
async function versionOf(file: string): Promise<string | undefined> {
  try {
    const { mtimeMs, ctimeMs, size, ino } = await stat(file);
    return [mtimeMs, ctimeMs, size, ino].join();
  } catch {
    return undefined;
  }
}
