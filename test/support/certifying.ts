import type { Authorizer, ClientCertificate } from '../../src/core/http/client';

/** Makes an authorizer whose credentials are a client certificate and nothing else. */
export function certifying(origin: string, certificate: ClientCertificate): Authorizer {
  const credentials = { headers: {}, hidden: [], certificate };
  return { kind: 'mutualTls', origin, credentials: () => Promise.resolve(credentials) };
}
