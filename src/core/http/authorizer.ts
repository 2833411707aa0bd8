import type { HttpResponse } from './exchange';

/** Makes requests authorised, by one way of signing in. */
export interface Authorizer {
  /** Which way of signing in it is, to word a failure with. */
  readonly kind: string;
  /** The only origin that the credentials may be sent to. */
  readonly origin: string;
  /**
   * Credentials that are valid now. Rejects with the signal's reason when that aborts, or with a
   * `KafkaError`.
   */
  credentials(signal: AbortSignal): Promise<Credentials>;
}

/** What one request carries to be authorised. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  /** Texts that no log and no error may show. */
  readonly hidden: readonly string[];
  /** Returns new credentials after the server refused these with 401. Missing: there are none. */
  renew?(signal: AbortSignal): Promise<Credentials>;
}

/** A request without sign-in. */
const ANONYMOUS: Credentials = { headers: {}, hidden: [] };

/**
 * The credentials of one request over all its attempts. `current` returns those for the next
 * attempt. `renewable` takes the response to them, and returns whether to send the request again
 * with fresh ones, which happens at most once.
 */
export class Authorization {
  #current = ANONYMOUS;
  #refused: Credentials | undefined;

  constructor(
    private readonly authorizer: Authorizer | undefined,
    private readonly signal: AbortSignal,
  ) {}

  async current(): Promise<Credentials> {
    if (this.#refused?.renew) this.#current = await this.#refused.renew(this.signal);
    else if (this.authorizer) this.#current = await this.authorizer.credentials(this.signal);
    return this.#current;
  }

  /** Texts of the last attempt that nothing may show. */
  get hidden(): readonly string[] {
    return this.#current.hidden;
  }

  renewable({ status }: HttpResponse): boolean {
    if (status !== 401 || this.#refused !== undefined || !this.#current.renew) return false;
    this.#refused = this.#current;
    return true;
  }
}
