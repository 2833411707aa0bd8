import { randomBytes } from 'node:crypto';
import { type AssertionOptions, startAssertion, startCertificate } from './assertionWays';
import { type Authorize, byPassword, byToken, type User } from './authorization';
import { CLIENT_ID, startDirectory, type Surroundings, TENANT_ID } from './directory';
import { SCOPE } from './entra';
import type { ClientAuthentication } from './oauthError';
import { AUDIENCE, KAFKA_SCOPE, OpenIdProvider } from './openId';
import { type GuardFacts, type GuardOptions, noGuard } from './guard';
import { handedOut } from './handedOut';
import { startIdentity } from './identityWay';

const OPENID_CLIENT = 'kafka-client';
const OPENID_OUTSIDER = 'other-client';
const USERNAME = 'kafka';
const OUTSIDER_ID = '9c2ad3f4-1b7e-4f63-b1d5-6d0e5c7a8e32';

export interface WayOptions extends AssertionOptions, GuardOptions {
  /** Random unless given; a given secret survives a restart. */
  readonly clientSecret?: string | undefined;
  /** How the OpenID provider lets clients show their secrets; default: in both ways. */
  readonly authentications?: readonly ClientAuthentication[] | undefined;
  /** The bearer token that the REST proxy accepts. Default: one that is signed, with a life. */
  readonly token?: string | undefined;
  readonly password?: string | undefined;
  readonly outsiderSecret?: string | undefined;
  /** A secret of the client that Entra ID reports as expired (AADSTS7000222), or the OpenID provider. */
  readonly expiredSecret?: string | undefined;
}

/** What a client must know to sign in. What the emulator does not offer is `null`. */
export interface SignInFacts extends GuardFacts {
  /** The way to sign in, as the setting `kafkaRest.clusters` names it. */
  readonly signIn:
    | 'clientSecret'
    | 'clientCertificate'
    | 'federatedAssertion'
    | 'managedIdentity'
    | 'oauth'
    | 'bearerToken'
    | 'basic'
    | 'mutualTls'
    | 'none';
  /** With the tenant, as MSAL requires. */
  readonly authority: string | null;
  readonly tenantId: string | null;
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  /** An application outside the security group. Its tokens are valid, but get 403. */
  readonly outsider: { readonly clientId: string; readonly clientSecret: string } | null;
  readonly scope: string | null;
  /** The address of the OpenID provider's issuer, and the audience that its tokens must have. */
  readonly issuer: string | null;
  readonly audience: string | null;
  /** A bearer token that the REST proxy accepts. */
  readonly token: string | null;
  /** A file with a token of the workload. */
  readonly assertionFile: string | null;
  /** A PEM file with the certificate of the client and its issuer. */
  readonly certFile: string | null;
  /** A PEM file with its private key, which is encrypted with the passphrase. */
  readonly certKeyFile: string | null;
  readonly certPassphrase: string | null;
  /**
   * Files in place of `certFile` or `assertionFile` that are not accepted: one has expired, and the
   * other is not registered for the application.
   */
  readonly refusedProofs: { readonly expired: string; readonly unregistered: string } | null;
  /** Where managed identities get tokens: a value for `AZURE_POD_IDENTITY_AUTHORITY_HOST`. */
  readonly identityHost: string | null;
  readonly identityObjectId: string | null;
  readonly identityResourceId: string | null;
  readonly username: string | null;
  readonly password: string | null;
}

export const noSignIn: SignInFacts = {
  signIn: 'none',
  authority: null,
  tenantId: null,
  clientId: null,
  clientSecret: null,
  outsider: null,
  scope: null,
  issuer: null,
  audience: null,
  token: null,
  assertionFile: null,
  certFile: null,
  certKeyFile: null,
  certPassphrase: null,
  refusedProofs: null,
  identityHost: null,
  identityObjectId: null,
  identityResourceId: null,
  username: null,
  password: null,
  ...noGuard,
};

/**
 * The ways to sign in to the REST proxy: by a token of Entra ID, which an application gets with a
 * secret, a certificate or a token of its workload, and a computer as a managed identity; by a token
 * of an OpenID provider, or one that somebody hands out; by a name and password; by a client certificate; or none.
 */
export const wayNames = [
  'entra',
  'certificate',
  'assertion',
  'identity',
  'oauth',
  'bearer',
  'basic',
  'mutualTls',
  'none',
] as const;
export type Way = (typeof wayNames)[number];

/** The ways that need a service with TLS, besides the REST proxy. */
export const waysWithService: ReadonlySet<Way> = new Set([
  'entra',
  'certificate',
  'assertion',
  'oauth',
]);

interface OpenWay {
  readonly facts: Partial<SignInFacts>;
  /** Missing: everybody may use the REST proxy. */
  readonly authorize?: Authorize;
}

type StartWay = (options: WayOptions, surroundings: Surroundings) => Promise<OpenWay>;

export const ways: Readonly<Record<Way, StartWay>> = {
  entra: startEntra,
  certificate: startCertificate,
  assertion: startAssertion,
  identity: startIdentity,
  oauth: startOpenId,
  bearer: startBearer,
  basic: ({ password = newSecret() }) => {
    const user: User = { username: USERNAME, password };
    return Promise.resolve({ facts: { signIn: 'basic', ...user }, authorize: byPassword(user) });
  },
  // The guard asks for the certificate.
  mutualTls: () => Promise.resolve({ facts: { signIn: 'mutualTls' } }),
  none: () => Promise.resolve({ facts: {} }),
};

async function startEntra(options: WayOptions, surroundings: Surroundings): ReturnType<StartWay> {
  const client = {
    clientId: CLIENT_ID,
    clientSecret: options.clientSecret ?? newSecret(),
    expiredSecret: options.expiredSecret,
  };
  const outsider = {
    clientId: OUTSIDER_ID,
    clientSecret: options.outsiderSecret ?? newSecret(),
  };
  const entra = await startDirectory([client, outsider], options, surroundings);
  const { authority } = entra;
  const { clientSecret } = client;
  return {
    facts: {
      signIn: 'clientSecret',
      authority,
      tenantId: TENANT_ID,
      clientId: CLIENT_ID,
      clientSecret,
      outsider,
      scope: SCOPE,
    },
    authorize: byToken(entra.verify.bind(entra), CLIENT_ID),
  };
}

async function startOpenId(
  options: WayOptions,
  { host, start }: Surroundings,
): ReturnType<StartWay> {
  const { tokenLifetime = 3600, onToken } = options;
  const { authentications = ['client_secret_basic', 'client_secret_post'] } = options;
  const client = {
    clientId: OPENID_CLIENT,
    // A form must escape these characters, and so must the header of basic authentication.
    clientSecret: options.clientSecret ?? `${newSecret()}:+%&`,
    expiredSecret: options.expiredSecret,
  };
  const outsider = {
    clientId: OPENID_OUTSIDER,
    clientSecret: options.outsiderSecret ?? newSecret(),
  };
  const provider = await OpenIdProvider.create({
    applications: [client, outsider],
    ...{ tokenLifetime, authentications, onToken },
  });
  const port = await start('openid', provider.handle.bind(provider));
  provider.origin = `https://${host}:${port}`;
  return {
    facts: {
      signIn: 'oauth',
      issuer: provider.issuer,
      clientId: client.clientId,
      clientSecret: client.clientSecret,
      outsider,
      scope: KAFKA_SCOPE,
      audience: AUDIENCE,
    },
    authorize: byToken(provider.verify.bind(provider), OPENID_CLIENT),
  };
}

async function startBearer({ token, tokenLifetime = 3600 }: WayOptions): ReturnType<StartWay> {
  const given = await handedOut(token, { lifetime: tokenLifetime, clientId: CLIENT_ID });
  return {
    facts: { signIn: 'bearerToken', token: given.token },
    authorize: byToken(given.verify, CLIENT_ID),
  };
}

/** Returns a secret like those of Entra ID: 40 characters that need no escaping in a form. */
function newSecret(): string {
  return randomBytes(30).toString('base64url');
}
