import type { AuthorizationServer, CustomFetchOptions } from 'oauth4webapi';
import { KafkaError } from '../../core/errors';
import type { HttpClient } from '../../core/http/client';
import { serverDetail } from '../../core/http/serverDetail';
import { cachedTokens, renewalBefore, type Token, type TokenSource } from '../base/bearer';
import { parseJsonObject } from '../base/parseJson';
import { isToken } from '../base/tokenText';
import type * as library from './library';
import { refusalOf } from './refusal';

type Library = typeof library;

export interface OauthClient {
  /** The address of the issuer; empty if the token endpoint is given instead. */
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly clientId: string;
  /** What follows may be empty, and is then not sent. */
  readonly scope: string;
  readonly audience: string;
  readonly resource: string;
  /** One of `authentications`. */
  readonly authentication: string;
  /** The kind of sign-in, which errors name. */
  readonly signIn: string;
  /** Called for each sign-in, so that a new secret is used at once. */
  readonly secret: () => Promise<string | undefined>;
  readonly http: HttpClient;
}

/** How long to use a token whose life the provider does not tell (RFC 6749, 5.1), in seconds. */
const UNTOLD_LIFE = 300;

/**
 * Returns a source of tokens by the client credentials grant (RFC 6749, 4.4). The secret is sent
 * only to the origin of the issuer, or of the token endpoint if that is given: an issuer that names
 * a token endpoint elsewhere is refused.
 *
 * `token` rejects with the signal's reason or a `KafkaError`: `secret-missing`, `secret-wrong`,
 * `secret-expired`, `scope-unknown`, `consent-missing` (for an audience or resource),
 * `tenant-unknown` (nothing there, or another issuer, which `detail` names; then there is no
 * status), `redirect`, `protocol`, `sign-in-failed`, or what `HttpClient.request` rejects with; its
 * `host` is that of the provider.
 */
export function oauthTokens(client: OauthClient): TokenSource {
  return cachedTokens((signal) => new SignIn(client, signal).token());
}

/** One sign-in. */
class SignIn {
  readonly #server: URL;
  #secret = '';

  constructor(
    private readonly client: OauthClient,
    private readonly signal: AbortSignal,
  ) {
    this.#server = new URL(client.tokenEndpoint || client.issuer);
  }

  async token(): Promise<Token> {
    const secret = await this.client.secret();
    this.signal.throwIfAborted();
    if (!secret) throw this.#failure('secret-missing');
    this.#secret = secret;
    const library = await import('./library');
    try {
      return await this.#issued(library, await this.#provider(library));
    } catch (error) {
      this.signal.throwIfAborted();
      if (error instanceof KafkaError) throw error;
      // This is a message of the library about a response that breaks the rules. The error itself is
      // no cause to keep, because it holds the response with the token.
      const detail = error instanceof Error ? serverDetail(error.message, [secret]) : '';
      throw this.#failure('protocol', { detail });
    }
  }

  /** Returns what is known of the provider, from its documents unless a token endpoint is given. */
  async #provider(library: Library): Promise<AuthorizationServer> {
    const { issuer, tokenEndpoint } = this.client;
    if (tokenEndpoint !== '') return { issuer: tokenEndpoint, token_endpoint: tokenEndpoint };
    try {
      return await this.#document(library, issuer, 'oidc');
    } catch (error) {
      const isThere = !(error instanceof KafkaError) || !isAbsent(error);
      if (isThere) throw error;
      return await this.#document(library, issuer, 'oauth2').catch((again: unknown) => {
        throw again instanceof KafkaError && isAbsent(again) ? error : again;
      });
    }
  }

  async #document(
    library: Library,
    issuer: string,
    algorithm: 'oidc' | 'oauth2',
  ): Promise<AuthorizationServer> {
    const url = new URL(issuer);
    const response = await library.discoveryRequest(this.#forLibrary(url), {
      algorithm,
      ...this.#options(library),
    });
    const { issuer: named } = (await response.clone().json()) as { readonly issuer?: unknown };
    if (typeof named === 'string' && named.replace(/\/$/, '') !== url.href.replace(/\/$/, '')) {
      throw this.#failure('tenant-unknown', { detail: serverDetail(named, [this.#secret]) });
    }
    const expected = named === `${issuer}/` ? new URL(named) : url;
    return library.processDiscoveryResponse(expected, response);
  }

  async #issued(library: Library, provider: AuthorizationServer): Promise<Token> {
    const { clientId, scope, audience, resource, authentication } = this.client;
    const { token_endpoint_auth_methods_supported: supported } = provider;
    const prefersPost =
      Array.isArray(supported) &&
      !supported.includes('client_secret_basic') &&
      supported.includes('client_secret_post');
    const inBody = authentication === 'post' || (authentication === 'auto' && prefersPost);
    const authenticate = inBody ? library.ClientSecretPost : library.ClientSecretBasic;
    const { token_endpoint: endpoint = '' } = provider;
    const wanted = Object.entries({ scope, audience, resource }).filter(([, value]) => value);
    const oauthClient = { client_id: clientId };
    const asked = Date.now();
    const response = await library.clientCredentialsGrantRequest(
      URL.canParse(endpoint)
        ? { ...provider, token_endpoint: this.#forLibrary(new URL(endpoint)).href }
        : provider,
      oauthClient,
      authenticate(this.#secret),
      Object.fromEntries(wanted),
      this.#options(library),
    );
    const issued = await library.processClientCredentialsResponse(provider, oauthClient, response);
    const { access_token: token, token_type: type, expires_in: life = UNTOLD_LIFE } = issued;
    if (type !== 'bearer' || !isToken(token)) {
      throw this.#failure('sign-in-failed', { detail: 'no usable token' });
    }
    return { value: token, renewAt: renewalBefore(asked + life * 1000) };
  }

  #options(library: Library) {
    const send = (address: string, options: CustomFetchOptions<'GET' | 'POST', Body>) =>
      this.#send(address, options);
    return { [library.customFetch]: send };
  }

  /** Sends a request of the library, so that the proxy settings, CA file and limits apply. */
  async #send(
    address: string,
    { method, headers, body }: CustomFetchOptions<'GET' | 'POST', Body>,
  ): Promise<Response> {
    const url = this.#fromLibrary(new URL(address));
    if (url.origin !== this.#server.origin) {
      throw this.#failure('redirect', { detail: serverDetail(url.origin, [this.#secret]) });
    }
    const hidden = [this.#secret, headers['authorization']?.replace(/^Basic /, '') ?? ''];
    const { status, text } = await this.client.http.request({
      method,
      url,
      headers,
      ...(body && { body: body.toString() }),
      signal: this.signal,
      // Asking for a token twice does no harm.
      idempotent: true,
      accept: (status) => status < 300 || (status >= 400 && status < 429),
      secrets: hidden,
    });
    if (status >= 400 && method === 'GET') {
      throw this.#failure('tenant-unknown', { status, detail: serverDetail(text, hidden) });
    }
    if (status >= 400) {
      const { signIn } = this.client;
      throw refusalOf({ status, text }, { host: url.host, signIn, hidden });
    }
    if (status !== 200 || !parseJsonObject(text)) {
      throw this.#failure('protocol', { status, detail: 'not a JSON object' });
    }
    return new Response(text, { status, headers: { 'content-type': 'application/json' } });
  }

  /**
   * The library accepts only https. The rules for the fields allow plain http to this computer too:
   * the library gets such an address as https, and `#fromLibrary` undoes that.
   */
  #forLibrary(address: URL): URL {
    return address.origin === this.#server.origin ? withProtocol(address, 'https:') : address;
  }

  #fromLibrary(address: URL): URL {
    const own = withProtocol(address, this.#server.protocol);
    return own.origin === this.#server.origin ? own : address;
  }

  #failure(
    kind: KafkaError['kind'],
    facts: Pick<
      ConstructorParameters<typeof KafkaError>[1] & object,
      'status' | 'detail' | 'cause'
    > = {},
  ): KafkaError {
    return new KafkaError(kind, {
      ...facts,
      host: this.#server.host,
      signIn: this.client.signIn,
    });
  }
}

function withProtocol(address: URL, protocol: string): URL {
  const changed = new URL(address);
  changed.protocol = protocol;
  return changed;
}

type Body = URLSearchParams | undefined;

/** Whether a failure says that a discovery document is not where it was looked for. */
function isAbsent({ kind, status }: KafkaError): boolean {
  return (kind === 'tenant-unknown' && status !== undefined) || kind === 'protocol';
}
