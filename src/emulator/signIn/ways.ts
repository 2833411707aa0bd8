import { randomBytes } from 'node:crypto';
import type { Handler, RequestLogEntry } from '../http';
import { type Authorize, byPassword, byToken, type User } from './authorization';
import { handedOut } from './handedOut';
import { Entra, SCOPE } from './entra';
import { type GuardFacts, type GuardOptions, noGuard } from './guard';

const TENANT_ID = '5f0c1c1e-7d5b-4a51-9c1f-0e3a6a3c9b10';
const CLIENT_ID = '3b9de0f2-54a8-4c0b-8a47-9a1f2f8f6c21';
const USERNAME = 'kafka';
const OUTSIDER_ID = '9c2ad3f4-1b7e-4f63-b1d5-6d0e5c7a8e32';

export interface WayOptions extends GuardOptions {
  /** The life of a token, in seconds; default 3600. */
  readonly tokenLifetime?: number | undefined;
  /** Random unless given; a given secret survives a restart. */
  readonly clientSecret?: string | undefined;
  /** The bearer token that the REST proxy accepts. Default: one that is signed, with a life. */
  readonly token?: string | undefined;
  readonly password?: string | undefined;
  readonly outsiderSecret?: string | undefined;
  /** A secret of the client that Entra ID reports as expired (AADSTS7000222). */
  readonly expiredSecret?: string | undefined;
  /** Called with every token that Entra ID issues. */
  readonly onToken?: ((token: string) => void) | undefined;
}

/** What a client must know to sign in. What the emulator does not offer is `null`. */
export interface SignInFacts extends GuardFacts {
  /** The way to sign in, as the setting `kafkaRest.clusters` names it. */
  readonly signIn: 'clientSecret' | 'bearerToken' | 'basic' | 'mutualTls' | 'none';
  /** With the tenant, as MSAL requires. */
  readonly authority: string | null;
  readonly tenantId: string | null;
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  /** An application outside the security group. Its tokens are valid, but get 403. */
  readonly outsider: { readonly clientId: string; readonly clientSecret: string } | null;
  readonly scope: string | null;
  /** A bearer token that the REST proxy accepts. */
  readonly token: string | null;
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
  token: null,
  username: null,
  password: null,
  ...noGuard,
};

/**
 * The ways to sign in to the REST proxy: by a token of Entra ID, by a token that somebody hands out,
 * by a name and password, by a client certificate, or none.
 */
export const wayNames = ['entra', 'bearer', 'basic', 'mutualTls', 'none'] as const;
export type Way = (typeof wayNames)[number];

/** What a way to sign in uses of the emulator. */
interface Surroundings {
  /** The name under which clients reach the servers that sign in. */
  readonly host: string;
  /** Starts such a server, with TLS. Resolves to its port. */
  readonly start: (server: RequestLogEntry['server'], handle: Handler) => Promise<number>;
}

interface OpenWay {
  readonly facts: Partial<SignInFacts>;
  /** Missing: everybody may use the REST proxy. */
  readonly authorize?: Authorize;
}

type StartWay = (options: WayOptions, surroundings: Surroundings) => Promise<OpenWay>;

export const ways: Readonly<Record<Way, StartWay>> = {
  entra: startEntra,
  bearer: startBearer,
  basic: ({ password = newSecret() }) => {
    const user: User = { username: USERNAME, password };
    return Promise.resolve({ facts: { signIn: 'basic', ...user }, authorize: byPassword(user) });
  },
  // The guard asks for the certificate.
  mutualTls: () => Promise.resolve({ facts: { signIn: 'mutualTls' } }),
  none: () => Promise.resolve({ facts: {} }),
};

async function startEntra(
  options: WayOptions,
  { host, start }: Surroundings,
): ReturnType<StartWay> {
  const { tokenLifetime = 3600, onToken } = options;
  const client = {
    clientId: CLIENT_ID,
    clientSecret: options.clientSecret ?? newSecret(),
    expiredSecret: options.expiredSecret,
  };
  const outsider = {
    clientId: OUTSIDER_ID,
    clientSecret: options.outsiderSecret ?? newSecret(),
  };
  const applications = [client, outsider];
  const entra = await Entra.create({ tenantId: TENANT_ID, applications, tokenLifetime, onToken });
  const port = await start('entra', entra.handle.bind(entra));
  entra.origin = `https://${host}:${port}`;
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
