import { randomUUID } from 'node:crypto';
import { type Call, type CallResponse, HttpError } from '../http';
import type { Application } from './applications';
import { clientIn } from './clientAuthentication';
import { type ClientAuthentication, OauthError, oauthErrorResponse } from './oauthError';
import { TokenSigner, type Verdict } from './tokens';

/** The path of the issuer, as Keycloak has it. */
const REALM = '/realms/emulator';
/** The audience of the tokens that the REST proxy accepts. */
export const AUDIENCE = 'https://kafka-rest.example.com';
/** The scope whose tokens have that audience, even if the client does not ask for it. */
export const KAFKA_SCOPE = 'kafka';
const SCOPES: readonly string[] = [KAFKA_SCOPE, 'profile'];

export interface OpenIdOptions {
  readonly applications: readonly Application[];
  /** In seconds. */
  readonly tokenLifetime: number;
  readonly authentications: readonly ClientAuthentication[];
  readonly onToken?: ((token: string) => void) | undefined;
}

/**
 * An OpenID provider with one realm, as far as the client credentials grant needs it. It follows RFC
 * 6749 strictly, also where real ones are lenient.
 */
export class OpenIdProvider {
  /** Set once the server listens, because documents and tokens contain absolute addresses. */
  origin = '';

  private constructor(
    private readonly options: OpenIdOptions,
    private readonly signer: TokenSigner,
  ) {}

  static async create(options: OpenIdOptions): Promise<OpenIdProvider> {
    return new OpenIdProvider(options, await TokenSigner.create());
  }

  get issuer(): string {
    return this.origin + REALM;
  }

  get tokenEndpoint(): string {
    return `${this.issuer}/token`;
  }

  /** Checks a token as the REST proxy does. */
  verify(token: string): Verdict {
    return this.signer.verify(token, { iss: this.issuer, aud: AUDIENCE });
  }

  async handle(call: Call): Promise<CallResponse> {
    try {
      return { status: 200, body: JSON.stringify(await this.#respond(call)) };
    } catch (error) {
      if (error instanceof OauthError) return oauthErrorResponse(error);
      throw error;
    }
  }

  #respond(call: Call): object | Promise<object> {
    const { method, path } = call;
    const isToken = path === `${REALM}/token`;
    if (isToken && method === 'POST') return this.#issue(call);
    const documents: Readonly<Record<string, () => object>> = {
      [`${REALM}/.well-known/openid-configuration`]: () => this.#metadata(),
      [`/.well-known/oauth-authorization-server${REALM}`]: () => this.#metadata(),
      [`${REALM}/keys`]: () => ({ keys: [this.signer.jwk] }),
    };
    const document = documents[path];
    if (!document && !isToken) throw new HttpError(404, 'Realm does not exist');
    if (!document || method !== 'GET') throw new HttpError(405, 'Method Not Allowed');
    return document();
  }

  #metadata(): object {
    return {
      issuer: this.issuer,
      token_endpoint: this.tokenEndpoint,
      jwks_uri: `${this.issuer}/keys`,
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: this.options.authentications,
      scopes_supported: SCOPES,
    };
  }

  async #issue(call: Call): Promise<object> {
    const form = await formOf(call);
    const { applications, authentications, tokenLifetime, onToken } = this.options;
    const { clientId } = clientIn(form, call.authorization, applications, authentications);
    const grant = form.get('grant_type');
    if (grant === null) throw new OauthError('invalid_request', 'grant_type is missing');
    if (grant !== 'client_credentials') throw new OauthError('unsupported_grant_type', grant);
    const scopes = scopesIn(form);
    const now = Math.floor(Date.now() / 1000);
    const token = this.signer.sign({
      iss: this.issuer,
      aud: audienceFor(form, scopes),
      sub: clientId,
      client_id: clientId,
      scope: scopes.join(' '),
      jti: randomUUID(),
      iat: now,
      nbf: now,
      exp: now + tokenLifetime,
    });
    onToken?.(token);
    return {
      access_token: token,
      token_type: 'Bearer',
      expires_in: tokenLifetime,
      scope: scopes.join(' '),
    };
  }
}

/** Returns the parameters of a request, each of which occurs at most once (RFC 6749, 3.2). */
async function formOf(call: Call): Promise<URLSearchParams> {
  const type = call.headers['content-type'] ?? '';
  if (!/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type)) {
    throw new OauthError('invalid_request', 'The body is not a form');
  }
  const form = new URLSearchParams(await call.text());
  const names = [...form.keys()];
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new OauthError('invalid_request', `${twice} is repeated`);
  return form;
}

function scopesIn(form: URLSearchParams): readonly string[] {
  const text = form.get('scope');
  if (text === null) return [];
  const scopes = text.split(' ');
  const unknown = scopes.find((scope) => !SCOPES.includes(scope));
  if (unknown === undefined) return scopes;
  throw new OauthError('invalid_scope', `Invalid scopes: ${unknown}`);
}

/**
 * Returns whom a token is for: whom the client names as Auth0 (`audience`) or RFC 8707 (`resource`)
 * have it, or else who takes the scope, or else nobody in particular.
 */
function audienceFor(form: URLSearchParams, scopes: readonly string[]): string {
  const audience = form.get('audience');
  const resource = form.get('resource');
  if (audience !== null && audience !== AUDIENCE) {
    throw new OauthError('access_denied', `Service not found: ${audience}`);
  }
  if (resource !== null && resource !== AUDIENCE) throw new OauthError('invalid_target', resource);
  return audience ?? resource ?? (scopes.includes(KAFKA_SCOPE) ? AUDIENCE : 'account');
}
