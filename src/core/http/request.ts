import type { Authorizer } from './authorizer';

/** Is told of each attempt of a request. Messages hold no query, header, body or token. */
export interface Log {
  trace(message: string): void;
}

export interface HttpOptions {
  /** A PEM file whose certificates are trusted in addition to Node's and the system's. */
  readonly caFile?: string;
  /** For TCP, an HTTP proxy's tunnel and TLS, of each attempt. Default 10 s. */
  readonly connectTimeoutMs?: number;
  /** For the whole request: sign-in, all attempts and the waits between them. Default 60 s. */
  readonly requestTimeoutMs?: number;
  /** The largest response body, unpacked. Default 64 MiB. */
  readonly maxResponseBytes?: number;
  /** How often an attempt that failed is repeated. Default 3. */
  readonly retries?: number;
  /** The first wait before a repetition, which then doubles each time. Default 250 ms. */
  readonly backoffMs?: number;
  readonly log?: Log;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text goes out as UTF-8. */
  readonly body?: string | Buffer;
  /** Signs in. Its origin must be that of `url`. Missing: the request carries no credentials. */
  readonly authorizer?: Authorizer;
  readonly signal?: AbortSignal;
  /** Whether sending it twice does no harm. If not, it is never sent again once it may have arrived. */
  readonly idempotent: boolean;
  /** A buffer for the response's body: used if it is large enough, and then part of the response. */
  readonly into?: Buffer;
  /** Statuses that are no failures. Default: 2xx. */
  readonly accept?: (status: number) => boolean;
  /** Texts that no error may show, such as a client secret in the body. */
  readonly secrets?: readonly string[];
}
