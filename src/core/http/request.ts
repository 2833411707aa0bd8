import type { Authorizer } from './authorizer';

/** Receives a line about each attempt of a request: no query, header, body or token. */
export interface Log {
  trace(message: string): void;
}

export interface HttpOptions {
  /** A PEM file whose certificates are trusted in addition to Node's and the system's. */
  readonly caFile?: string;
  /** The time limit of each attempt for TCP, an HTTP proxy's tunnel and TLS. Default 10 s. */
  readonly connectTimeoutMs?: number;
  /**
   * The time limit of the whole request: sign-in, all attempts and the waits between them. Default
   * 60 s.
   */
  readonly requestTimeoutMs?: number;
  /** The largest response body after decompression. Default 64 MiB. */
  readonly maxResponseBytes?: number;
  /** How often a failed attempt is repeated. Default 3. */
  readonly retries?: number;
  /** The wait before the first repetition. It then doubles each time. Default 250 ms. */
  readonly backoffMs?: number;
  readonly log?: Log;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as UTF-8. */
  readonly body?: string | Buffer;
  /** Provides credentials. Its origin must be that of `url`. Missing: the request carries none. */
  readonly authorizer?: Authorizer;
  readonly signal?: AbortSignal;
  /**
   * Whether sending the request twice does no harm. If not, it is not repeated once it may have
   * been processed.
   */
  readonly idempotent: boolean;
  /** How often a failed attempt of this request is repeated. Default: as in `HttpOptions`. */
  readonly retries?: number;
  /** The time limit of this request, in milliseconds, if it is less than that of `HttpOptions`. */
  readonly timeoutMs?: number;
  /**
   * A buffer for the body of the response. If it is large enough, the body is a view of it.
   */
  readonly into?: Buffer;
  /** Whether a status counts as success. Default: 2xx does. */
  readonly accept?: (status: number) => boolean;
  /** The dialect of the REST proxy, to word a failure with. Missing: it is not a REST proxy. */
  readonly dialect?: string;
  /** Texts that no error may show, such as a client secret in the body. */
  readonly secrets?: readonly string[];
}
