import type { Authorizer } from '../../core/http/client';

/** Returns an authorizer that adds no credentials to requests. */
export function withoutCredentials(kind: string, origin: string): Authorizer {
  return { kind, origin, credentials: () => Promise.resolve({ headers: {}, hidden: [] }) };
}
