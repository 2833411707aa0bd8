import { randomUUID } from 'node:crypto';
import { HttpError, type Answer, type Call } from './http.js';
import { TokenSigner, type Verdict } from './tokens.js';

/** The audience of the tokens that the REST proxy of HDInsight takes. */
const resource = 'https://hib.azurehdinsight.net';
export const scope = `${resource}/.default`;

/** An application that is registered in the tenant. */
export interface Application {
  readonly clientId: string;
  readonly clientSecret: string;
  /** A former secret: it is told apart from a wrong one. */
  readonly expiredSecret?: string | undefined;
}

export interface EntraOptions {
  readonly tenantId: string;
  readonly applications: readonly Application[];
  /** Seconds. */
  readonly tokenLifetime: number;
}

/** An error of the token endpoint: OAuth's code, Entra's own number and its sentence. */
class SignInError extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    readonly code: number,
    sentence: string,
  ) {
    super(sentence);
  }
}

/** Microsoft Entra ID with one tenant, as far as applications with client secrets need it. */
export class Entra {
  /** Set once the server listens: the documents below hold absolute addresses. */
  origin = '';

  private constructor(
    private readonly options: EntraOptions,
    private readonly signer: TokenSigner,
  ) {}

  static async create(options: EntraOptions): Promise<Entra> {
    return new Entra(options, await TokenSigner.create());
  }

  /** The authority as MSAL wants it: with the tenant. */
  get authority(): string {
    return `${this.origin}/${this.options.tenantId}`;
  }

  /** Checks a token as the REST proxy does. */
  verify(token: string): Verdict {
    return this.signer.verify(token, { iss: `${this.authority}/`, aud: resource });
  }

  async handle(call: Call): Promise<Answer> {
    try {
      return await this.route(call);
    } catch (error) {
      if (error instanceof SignInError) return signInErrorAnswer(error, this.origin);
      throw error;
    }
  }

  private async route(call: Call): Promise<Answer> {
    const [, tenant = '', ...rest] = call.path.split('/');
    const expect = (method: string): void => {
      if (call.method !== method) throw new HttpError(405, 'Method Not Allowed', { Allow: method });
    };
    switch (rest.join('/')) {
      case 'discovery/instance':
        expect('GET');
        return json(this.instanceDiscovery());
      case '.well-known/openid-configuration':
        expect('GET');
        this.checkTenant(tenant, 'invalid_tenant');
        return json(this.openIdConfiguration('', '/'));
      case 'v2.0/.well-known/openid-configuration':
        expect('GET');
        this.checkTenant(tenant, 'invalid_tenant');
        return json(this.openIdConfiguration('/v2.0', '/v2.0'));
      case 'discovery/keys':
      case 'discovery/v2.0/keys':
        expect('GET');
        return json({ keys: [this.signer.jwk] });
      case 'oauth2/token':
        expect('POST');
        return json(this.tokenOfVersion1(await this.parameters(tenant, call)));
      case 'oauth2/v2.0/token':
        expect('POST');
        return json(this.tokenOfVersion2(await this.parameters(tenant, call)));
      default:
        throw new HttpError(404, 'Not Found');
    }
  }

  private instanceDiscovery(): object {
    const { host } = new URL(this.origin);
    return {
      tenant_discovery_endpoint: `${this.authority}/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    };
  }

  private openIdConfiguration(version: '' | '/v2.0', issuerPath: string): object {
    return {
      issuer: `${this.authority}${issuerPath}`,
      authorization_endpoint: `${this.authority}/oauth2${version}/authorize`,
      token_endpoint: `${this.authority}/oauth2${version}/token`,
      jwks_uri: `${this.authority}/discovery${version}/keys`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid'],
    };
  }

  private tokenOfVersion2(form: URLSearchParams): object {
    const wanted = required(form, 'scope');
    const application = this.authenticate(form);
    if (/\s/.test(wanted.trim())) {
      throw new SignInError(
        400,
        'invalid_scope',
        70011,
        `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${wanted} is not valid.`,
      );
    }
    if (!wanted.endsWith('/.default')) {
      throw new SignInError(
        400,
        'invalid_scope',
        1002012,
        `The provided value for scope ${wanted} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
      );
    }
    this.checkResource(wanted.slice(0, -'/.default'.length));
    const lifetime = this.options.tokenLifetime;
    return {
      token_type: 'Bearer',
      expires_in: lifetime,
      ext_expires_in: lifetime,
      access_token: this.token(application),
    };
  }

  /** The first version of the endpoint tells numbers as strings. */
  private tokenOfVersion1(form: URLSearchParams): object {
    const wanted = required(form, 'resource');
    const application = this.authenticate(form);
    this.checkResource(wanted);
    const lifetime = this.options.tokenLifetime;
    const now = Math.floor(Date.now() / 1000);
    return {
      token_type: 'Bearer',
      expires_in: String(lifetime),
      ext_expires_in: String(lifetime),
      expires_on: String(now + lifetime),
      not_before: String(now),
      resource: wanted,
      access_token: this.token(application),
    };
  }

  private token({ clientId }: Application): string {
    return this.signer.sign({
      iss: `${this.authority}/`,
      aud: resource,
      appid: clientId,
      tid: this.options.tenantId,
      // Stands for the service principal, of which there is one an application.
      oid: clientId.replace(/^.{8}/, '0b1ec7ed'),
      exp: Math.floor(Date.now() / 1000) + this.options.tokenLifetime,
    });
  }

  /** The form of a token request, with the credentials of an `Authorization` header put in. */
  private async parameters(tenant: string, call: Call): Promise<URLSearchParams> {
    const form = new URLSearchParams(await call.text());
    this.checkTenant(tenant, 'invalid_request');
    const basic = /^Basic +(\S+)$/i.exec(call.authorization ?? '')?.[1];
    if (basic) {
      const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString().split(':', 2);
      // Both are form-encoded first (RFC 6749, 2.3.1).
      const decoded = new URLSearchParams(`client_id=${id}&client_secret=${secret}`);
      decoded.forEach((value, name) => {
        form.set(name, value);
      });
    }
    const grant = required(form, 'grant_type');
    if (grant !== 'client_credentials') {
      throw new SignInError(
        400,
        'unsupported_grant_type',
        70003,
        `The app requested an unsupported grant type '${grant}'.`,
      );
    }
    return form;
  }

  private authenticate(form: URLSearchParams): Application {
    const clientId = required(form, 'client_id');
    const application = this.options.applications.find((known) => known.clientId === clientId);
    if (!application) {
      throw new SignInError(
        400,
        'unauthorized_client',
        700016,
        `Application with identifier '${clientId}' was not found in the directory '${this.options.tenantId}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
      );
    }
    const secret = form.get('client_secret');
    if (!secret) {
      throw new SignInError(
        401,
        'invalid_client',
        7000216,
        `'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.`,
      );
    }
    if (secret === application.expiredSecret) {
      throw new SignInError(
        401,
        'invalid_client',
        7000222,
        `The provided client secret keys for app '${clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
      );
    }
    if (secret !== application.clientSecret) {
      throw new SignInError(
        401,
        'invalid_client',
        7000215,
        `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
      );
    }
    return application;
  }

  private checkTenant(tenant: string, error: string): void {
    if (tenant.toLowerCase() === this.options.tenantId) return;
    throw new SignInError(
      400,
      error,
      90002,
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
    );
  }

  private checkResource(wanted: string): void {
    if (wanted.replace(/\/$/, '') === resource) return;
    throw new SignInError(
      400,
      'invalid_resource',
      500011,
      `The resource principal named ${wanted} was not found in the tenant named Emulator. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
    );
  }
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value) return value;
  throw new SignInError(
    400,
    'invalid_request',
    900144,
    `The request body must contain the following parameter: '${name}'.`,
  );
}

function json(document: object): Answer {
  return { status: 200, body: JSON.stringify(document) };
}

/** The shape of Entra's errors, which clients take apart. */
function signInErrorAnswer({ status, error, code, message }: SignInError, origin: string): Answer {
  const trace = randomUUID();
  const correlation = randomUUID();
  const timestamp = new Date().toISOString().replace('T', ' ').replace(/\..*/, 'Z');
  return {
    status,
    body: JSON.stringify({
      error,
      error_description: `AADSTS${code}: ${message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `${origin}/error?code=${code}`,
    }),
  };
}
