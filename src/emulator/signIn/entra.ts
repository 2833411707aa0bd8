import { randomBytes } from 'node:crypto';
import { HttpError, type CallResponse, type Call } from '../http';
import { type Application, Applications } from './applications';
import { SignInError, signInErrorResponse } from './signInError';
import { TokenSigner, type Verdict } from './tokens';

/** The audience of the tokens that HDInsight's REST proxy accepts. */
export const RESOURCE = 'https://hib.azurehdinsight.net';
const SCOPE_SUFFIX = '/.default';
/** The scope that clients request. */
export const SCOPE = RESOURCE + SCOPE_SUFFIX;

export interface EntraOptions {
  readonly tenantId: string;
  readonly applications: readonly Application[];
  /** In seconds. */
  readonly tokenLifetime: number;
  readonly onToken?: ((token: string) => void) | undefined;
}

interface Route {
  readonly method: 'GET' | 'POST';
  readonly respond: (tenant: string, call: Call) => object | Promise<object>;
}

/** Microsoft Entra ID with one tenant, as far as applications need it. */
export class Entra {
  /** Set once the server listens, because documents and tokens contain absolute addresses. */
  origin = '';

  /** The routes by the part of the path after the tenant. */
  readonly #routes: ReadonlyMap<string, Route> = new Map<string, Route>([
    ['discovery/instance', { method: 'GET', respond: () => this.#instanceDiscovery() }],
    ['discovery/keys', { method: 'GET', respond: () => this.#keys() }],
    ['discovery/v2.0/keys', { method: 'GET', respond: () => this.#keys() }],
    [
      '.well-known/openid-configuration',
      { method: 'GET', respond: (tenant) => this.#openIdConfiguration(tenant, '') },
    ],
    [
      'v2.0/.well-known/openid-configuration',
      { method: 'GET', respond: (tenant) => this.#openIdConfiguration(tenant, '/v2.0') },
    ],
    [
      'oauth2/token',
      {
        method: 'POST',
        respond: async (tenant, call) =>
          this.#tokenForResource(await this.#form(tenant, call), call),
      },
    ],
    [
      'oauth2/v2.0/token',
      {
        method: 'POST',
        respond: async (tenant, call) => this.#tokenForScope(await this.#form(tenant, call), call),
      },
    ],
  ]);

  readonly #applications: Applications;

  private constructor(
    private readonly options: EntraOptions,
    private readonly signer: TokenSigner,
  ) {
    this.#applications = new Applications(options.applications);
  }

  static async create(options: EntraOptions): Promise<Entra> {
    return new Entra(options, await TokenSigner.create());
  }

  /** The authority in the form that MSAL requires: with the tenant. */
  get authority(): string {
    return `${this.origin}/${this.options.tenantId}`;
  }

  /** Checks a token as the REST proxy does. */
  verify(token: string): Verdict {
    return this.signer.verify(token, { iss: `${this.authority}/`, aud: RESOURCE });
  }

  /** Issues a token to an application that has proved its identity elsewhere. */
  issue(clientId: string): { readonly token: string; readonly lifetime: number } {
    const { tokenLifetime: lifetime } = this.options;
    return { token: this.#token(clientId, nowInSeconds()), lifetime };
  }

  async handle(call: Call): Promise<CallResponse> {
    try {
      return { status: 200, body: JSON.stringify(await this.#route(call)) };
    } catch (error) {
      if (error instanceof SignInError) return signInErrorResponse(error, this.origin);
      throw error;
    }
  }

  #route(call: Call): object | Promise<object> {
    const [, tenant = '', ...rest] = call.path.split('/');
    const route = this.#routes.get(rest.join('/'));
    if (!route) throw new HttpError(404, 'Not Found');
    const { method, respond } = route;
    if (call.method !== method) throw new HttpError(405, 'Method Not Allowed', { Allow: method });
    return respond(tenant, call);
  }

  #instanceDiscovery(): object {
    const { host } = new URL(this.origin);
    return {
      tenant_discovery_endpoint: `${this.authority}/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    };
  }

  #keys(): object {
    return { keys: [this.signer.jwk] };
  }

  #openIdConfiguration(tenant: string, version: '' | '/v2.0'): object {
    this.#checkTenant(tenant);
    return {
      issuer: `${this.authority}${version === '' ? '/' : version}`,
      authorization_endpoint: `${this.authority}/oauth2${version}/authorize`,
      token_endpoint: `${this.authority}/oauth2${version}/token`,
      jwks_uri: `${this.authority}/discovery${version}/keys`,
      token_endpoint_auth_methods_supported: [
        'client_secret_post',
        'private_key_jwt',
        'client_secret_basic',
      ],
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid'],
    };
  }

  /** Version 2 of the token endpoint. */
  #tokenForScope(form: URLSearchParams, call: Call): object {
    const wanted = required(form, 'scope');
    const { clientId } = this.#authenticate(form, call);
    if (/\s/.test(wanted)) throw new SignInError(70011, wanted);
    if (!wanted.endsWith(SCOPE_SUFFIX)) throw new SignInError(1002012, wanted);
    checkResource(wanted.slice(0, -SCOPE_SUFFIX.length));
    const lifetime = this.options.tokenLifetime;
    return {
      token_type: 'Bearer',
      expires_in: lifetime,
      ext_expires_in: lifetime,
      access_token: this.#token(clientId, nowInSeconds()),
    };
  }

  /** Version 1 of the token endpoint, which returns numbers as strings. */
  #tokenForResource(form: URLSearchParams, call: Call): object {
    const wanted = required(form, 'resource');
    const { clientId } = this.#authenticate(form, call);
    checkResource(wanted);
    const lifetime = this.options.tokenLifetime;
    const now = nowInSeconds();
    return {
      token_type: 'Bearer',
      expires_in: String(lifetime),
      ext_expires_in: String(lifetime),
      expires_on: String(now + lifetime),
      not_before: String(now),
      resource: wanted,
      access_token: this.#token(clientId, now),
    };
  }

  #token(clientId: string, now: number): string {
    const token = this.signer.sign({
      iss: `${this.authority}/`,
      aud: RESOURCE,
      appid: clientId,
      tid: this.options.tenantId,
      // The service principal has its own id, which is different for each application.
      oid: clientId.replace(/^.{8}/, '0b1ec7ed'),
      iat: now,
      nbf: now,
      exp: now + this.options.tokenLifetime,
      uti: randomBytes(16).toString('base64url'),
      ver: '1.0',
    });
    this.options.onToken?.(token);
    return token;
  }

  /** Reads the form of a token request and adds the credentials of an `Authorization` header. */
  async #form(tenant: string, call: Call): Promise<URLSearchParams> {
    const form = new URLSearchParams(await call.text());
    this.#checkTenant(tenant);
    const basic = /^Basic +(\S+)$/i.exec(call.authorization ?? '')?.[1];
    if (basic !== undefined) {
      const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString().split(':', 2);
      // Both are form-encoded in the header (RFC 6749, 2.3.1).
      new URLSearchParams(`client_id=${id}&client_secret=${secret}`).forEach((value, name) => {
        form.set(name, value);
      });
    }
    const grant = required(form, 'grant_type');
    if (grant !== 'client_credentials') throw new SignInError(70003, grant);
    return form;
  }

  /** An assertion must be for the address that the client calls, which a gateway may have. */
  #authenticate(form: URLSearchParams, { headers }: Call): Application {
    const authority = `https://${headers['host'] ?? ''}/${this.options.tenantId}`;
    const base = `${authority}/oauth2`;
    const audiences = [`${base}/v2.0/token`, `${base}/token`, `${authority}/v2.0`];
    return this.#applications.authenticate(form, required(form, 'client_id'), audiences);
  }

  #checkTenant(tenant: string): void {
    if (tenant.toLowerCase() !== this.options.tenantId) throw new SignInError(90002, tenant);
  }
}

function checkResource(wanted: string): void {
  // For a resource that ends with a slash, MSAL's scope has two: "https://.../" + "/.default".
  if (wanted.replace(/\/$/, '') !== RESOURCE) throw new SignInError(500011, wanted);
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw new SignInError(900144, name);
  return value;
}

function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
