import { bearer, type TokenSource } from '../../src/auth/base/bearer';
import { clientCredentials } from '../../src/auth/entra/clientCredentials';
import type { GetProof } from '../../src/auth/entra/proof';
import type { HttpClient } from '../../src/core/http/client';
import type { EmulatorInfo } from '../../src/emulator/server';

/** Returns a source of tokens for the client of an emulator, with another proof or address. */
export function entraSource(
  info: EmulatorInfo,
  proof: GetProof,
  http: HttpClient,
  authority = new URL(info.authority ?? '').origin,
): TokenSource {
  return clientCredentials({
    authority,
    tenantId: info.tenantId ?? '',
    clientId: info.clientId ?? '',
    scope: info.scope ?? '',
    signIn: info.signIn,
    proof,
    http,
  });
}

/** Returns the list of topics of an emulator, which it gives to nobody without a token. */
export async function topicsBy(
  info: EmulatorInfo,
  tokens: TokenSource,
  http: HttpClient,
): Promise<string> {
  const url = new URL('/v1/metadata/topics', info.endpoint);
  const authorizer = bearer(info.signIn, url.origin, tokens);
  return (await http.request({ method: 'GET', url, idempotent: true, authorizer })).text;
}

/** Returns the document from which MSAL learns where the token endpoint is. */
export function discoveryAt(origin: string): string {
  const base = `${origin}/tenant`;
  return JSON.stringify({
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    jwks_uri: `${base}/keys`,
  });
}
