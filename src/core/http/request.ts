/** Where requests are told of. Messages hold no query, header, body or token. */
export interface Log {
  trace(message: string): void;
}

/** Who is asked for bearer tokens. */
export interface TokenSource {
  /** The only origin that the token may be sent to. */
  readonly origin: string;
  /**
   * A token that is valid now. `refused` is one that the server answered with 401: it gives
   * another. Rejects with the signal's reason when that aborts.
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
  readonly maxResponseBytes?: number;
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
  /** A text goes out as UTF-8. */
  readonly body?: string | Buffer;
  /** Authorizes the request. Its origin must be that of `url`. */
  readonly token?: TokenSource;
  readonly signal?: AbortSignal;
  /**
   * Whether sending it twice does no harm. If not, it is never sent again once it may have arrived.
   */
  readonly idempotent: boolean;
  /** A buffer for the answer's body: used if it suffices, and then part of the answer. */
  readonly into?: Buffer;
  /** Statuses that are answers and not failures. Default: 2xx. */
  readonly accept?: (status: number) => boolean;
  /** Texts that no error may show, such as a client secret in the body. */
  readonly secrets?: readonly string[];
}
