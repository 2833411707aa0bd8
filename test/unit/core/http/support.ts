import {
  type HttpClient,
  type HttpOptions,
  type HttpRequest,
  openHttp,
} from '../../../../src/core/http/client';
import type { FaultyServer } from '../../../support/faultyServer';

/** Opens a client that hardly waits before it repeats a request. */
export function open(options: HttpOptions = {}): HttpClient {
  return openHttp({ backoffMs: 1, ...options });
}

/** Returns a request that reads from the server. */
export function get(
  server: FaultyServer,
  path = '/',
  more: Partial<HttpRequest> = {},
): HttpRequest {
  return { method: 'GET', url: server.url(path), idempotent: true, ...more };
}

/** Returns a request that writes to the server. */
export function post(
  server: FaultyServer,
  body: string,
  more: Partial<HttpRequest> = {},
): HttpRequest {
  return { method: 'POST', url: server.url('/write'), idempotent: false, body, ...more };
}
