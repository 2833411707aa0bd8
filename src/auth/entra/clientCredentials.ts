import { KafkaError } from '../../core/errors';
import type { HttpClient } from '../../core/http/client';
import { serverDetail } from '../../core/http/serverDetail';
import type { TokenSource } from './bearer';
import { SingleFlight } from '../../core/async/singleFlight';
import { MsalNetwork } from './msalNetwork';

export interface ClientCredentials {
  /** Address of the sign-in service, such as `https://login.microsoftonline.com`. */
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  /** Such as `https://hib.azurehdinsight.net/.default`. */
  readonly scope: string;
  /** The way of signing in, which errors name. */
  readonly signIn: string;
  /** Asked for each sign-in, so that a replaced secret is used at once. */
  readonly secret: () => Promise<string | undefined>;
  readonly http: HttpClient;
}

/** Tokens are renewed this long before they expire, those of a short life a tenth of it before. */
const RENEW_EARLY_MS = 5 * 60_000;

interface Token {
  readonly value: string;
  /** Epoch milliseconds. */
  readonly renewAt: number;
}

/**
 * Tokens of Microsoft Entra ID by the client credentials grant, kept in memory. Callers that need a
 * new one at the same time share one sign-in.
 *
 * `token` rejects with the signal's reason or a `KafkaError`: `secret-missing`, `secret-wrong`,
 * `secret-expired`, `client-unknown`, `tenant-unknown`, `scope-unknown`, `sign-in-failed`, or what
 * `HttpClient.request` rejects with; its `host` is that of the authority.
 */
export function clientCredentials(options: ClientCredentials): TokenSource {
  let current: Token | undefined;
  let flight: SingleFlight<Token> | undefined;
  const signIn = signInWith(options);

  return {
    async token({ signal, refused }) {
      signal?.throwIfAborted();
      if (current && current.value !== refused && Date.now() < current.renewAt) {
        return current.value;
      }
      if (!flight || flight.aborted) {
        const own = new SingleFlight(async (end) => {
          try {
            return (current = await signIn(end));
          } finally {
            if (flight === own) flight = undefined;
          }
        });
        flight = own;
      }
      return (await flight.join(signal)).value;
    },
  };
}

/** Whether a header can carry it. */
function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}

/** A function that gets a new token at each call. */
function signInWith(options: ClientCredentials): (signal: AbortSignal) => Promise<Token> {
  const { clientId, tenantId, scope, signIn, http } = options;
  const { origin, host } = new URL(options.authority);

  return async (signal) => {
    const secret = await options.secret();
    signal.throwIfAborted();
    if (!secret) throw new KafkaError('secret-missing', { host, signIn });
    // Loaded here, because it is large and VS Code's start must not wait for it.
    const { ConfidentialClientApplication } = await import('@azure/msal-node');
    const network = new MsalNetwork(http, { origin, secret, signIn, signal });
    const msal = new ConfidentialClientApplication({
      auth: {
        clientId,
        clientSecret: secret,
        authority: `${origin}/${tenantId}`,
        // Without this MSAL asks the public cloud about hosts that it does not know.
        knownAuthorities: [host],
      },
      system: { networkClient: network, disableInternalRetries: true },
    });
    try {
      const result = await msal.acquireTokenByClientCredential({
        scopes: [scope],
        skipCache: true,
        // Else the environment variable MSAL_FORCE_REGION would lead to a host of that region.
        azureRegion: 'DisableMsalForceRegion',
      });
      // MSAL passes on what it was given, of whatever type.
      const life = Number(result?.expiresOn) - Date.now();
      if (!isToken(result?.accessToken) || Number.isNaN(life)) {
        throw new KafkaError('sign-in-failed', { detail: 'no usable token', host, signIn });
      }
      const renewAt = Date.now() + life - Math.min(RENEW_EARLY_MS, life / 10);
      return { value: result.accessToken, renewAt };
    } catch (error) {
      signal.throwIfAborted();
      if (network.failure instanceof KafkaError) throw network.failure;
      if (error instanceof KafkaError) throw error;
      // What MSAL itself says, such as that the authority is no address; it holds no secret.
      const detail = error instanceof Error ? serverDetail(error.message, [secret]) : '';
      throw new KafkaError('sign-in-failed', { detail, host, signIn, cause: error });
    }
  };
}
