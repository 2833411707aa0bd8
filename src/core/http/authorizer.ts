import type { AzureOrigin } from '../azureOrigin';
import type { ClientCertificate } from './clientCertificate';
import type { HttpResponse } from './exchange';

/** Provides the credentials of requests, by one way of signing in. */
export interface Authorizer {
  /** The way of signing in, which the wording of a failure depends on. */
  readonly kind: string;
  /** The only origin that the credentials may be sent to. */
  readonly origin: string;
  /**
   * Returns the field or secret that a refused request points at, if `kind` does not tell. `detail`
   * is what the server says.
   */
  readonly blame?: (detail: string) => string | undefined;
  /** The resource in Azure that the requests go to, if it is known. */
  readonly azure?: AzureOrigin;
  /**
   * Returns credentials that are valid now. Rejects with a `KafkaError`, or with the signal's
   * reason when it aborts.
   */
  credentials(signal: AbortSignal): Promise<Credentials>;
}

/** What makes one request authorised: headers, a certificate for its connection, or both. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  /** Identifies this computer in the TLS handshake with the origin, and nowhere else. */
  readonly certificate?: ClientCertificate;
  /** Texts that no log and no error may show. */
  readonly hidden: readonly string[];
  /** Returns new credentials after the server refused these with 401. Missing: none can be had. */
  renew?(signal: AbortSignal): Promise<Credentials>;
}

/** A request without sign-in. */
const ANONYMOUS: Credentials = { headers: {}, hidden: [] };

/**
 * The credentials of one request across all its attempts. `current` returns those for the next
 * attempt. `renewable` takes the response to the last attempt and returns whether to send the
 * request again with fresh credentials, which happens at most once.
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

  /** The texts of the last attempt's credentials that no log and no error may show. */
  get hidden(): readonly string[] {
    return this.#current.hidden;
  }

  renewable({ status }: HttpResponse): boolean {
    if (status !== 401 || this.#refused !== undefined || !this.#current.renew) return false;
    this.#refused = this.#current;
    return true;
  }
}
