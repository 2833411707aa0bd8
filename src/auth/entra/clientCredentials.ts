import { KafkaError } from '../../core/errors';
import type { HttpClient } from '../../core/http/client';
import { serverDetail } from '../../core/http/serverDetail';
import { cachedTokens, type Token, type TokenSource } from '../base/bearer';
import { MsalNetwork } from './msalNetwork';
import type { GetProof } from './proof';
import { usableToken } from './usableToken';

export interface ClientCredentials {
  /** Address of the sign-in service, such as `https://login.microsoftonline.com`. */
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  /** Such as `https://hib.azurehdinsight.net/.default`. */
  readonly scope: string;
  /** The kind of sign-in, which errors name. */
  readonly signIn: string;
  /** Called for each sign-in, so that a new secret or certificate is used at once. */
  readonly proof: GetProof;
  readonly http: HttpClient;
}

/**
 * Returns a source of tokens of Microsoft Entra ID by the client credentials grant.
 *
 * `token` rejects with the signal's reason, with what `proof` rejects with, or with a `KafkaError`:
 * `sign-in-failed`, the kind for an error code of Entra ID, or what `HttpClient.request` rejects
 * with; its `host` is that of the authority.
 */
export function clientCredentials(options: ClientCredentials): TokenSource {
  return cachedTokens(signInWith(options));
}

/** Returns a function that gets a new token at each call. */
function signInWith(options: ClientCredentials): (signal: AbortSignal) => Promise<Token> {
  const { clientId, tenantId, scope, signIn, proof, http } = options;
  const { origin, host } = new URL(options.authority);

  return async (signal) => {
    const { auth, hidden } = await proof({ host, signIn });
    signal.throwIfAborted();
    // Loaded here because it is large, and the start of VS Code must not wait for it.
    const { ConfidentialClientApplication } = await import('./library');
    const network = new MsalNetwork(http, { origin, hidden, signIn, signal });
    const msal = new ConfidentialClientApplication({
      auth: {
        ...auth,
        clientId,
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
        // Otherwise the environment variable MSAL_FORCE_REGION would change the host.
        azureRegion: 'DisableMsalForceRegion',
      });
      return usableToken(result, { host, signIn });
    } catch (error) {
      signal.throwIfAborted();
      if (network.failure instanceof KafkaError) throw network.failure;
      if (error instanceof KafkaError) throw error;
      // This is a message of MSAL itself, for example about an authority that is not an address.
      const detail = error instanceof Error ? serverDetail(error.message, hidden) : '';
      throw new KafkaError('sign-in-failed', { detail, host, signIn, cause: error });
    }
  };
}
