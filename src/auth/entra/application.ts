import type { FieldPlace, FieldRule } from '../../core/cluster/kinds';
import type { Authorizer, HttpClient } from '../../core/http/client';
import { bearer } from '../base/bearer';
import { onFirstUse } from '../base/onFirstUse';
import {
  DEFAULT_AUTHORITY,
  DEFAULT_SCOPE,
  doubtSameId,
  parseAuthority,
  parseClientId,
  parseScope,
  parseTenant,
  pastedTenant,
  withoutBraces,
} from './fields';
import type { GetProof } from './proof';

/** What the ways have in common in which an application signs in to Microsoft Entra ID. */

/** The fields that name the application. */
export const applicationFields = {
  tenantId: {
    parse: parseTenant,
    pasted: pastedTenant,
    doubt: (tenant, { clientId }) => doubtSameId(tenant, clientId),
  },
  clientId: {
    parse: parseClientId,
    pasted: withoutBraces,
    doubt: (client, { tenantId }) => doubtSameId(client, tenantId),
  },
} as const satisfies Readonly<Record<string, FieldRule>>;

/** The fields that say where it gets a token, and for what. */
export const tokenFields = {
  authority: { parse: parseAuthority, fallback: DEFAULT_AUTHORITY },
  scope: { parse: parseScope, fallback: DEFAULT_SCOPE, suggestion: suggestScope },
} as const satisfies Readonly<Record<string, FieldRule>>;

export type ApplicationField = keyof typeof applicationFields | keyof typeof tokenFields;

export const applicationCulprits = {
  'client-unknown': 'clientId',
  'tenant-unknown': 'tenantId',
  'scope-unknown': 'scope',
  'consent-missing': 'scope',
  unauthorized: 'scope',
} as const;

/** Returns what a secret of the application is bound to. */
export function applicationBinding({
  authority,
  tenantId,
  clientId,
  scope,
}: Readonly<Record<ApplicationField, string>>): readonly string[] {
  return [new URL(authority).origin, tenantId.toLowerCase(), clientId.toLowerCase(), scope];
}

/**
 * Returns an authorizer that signs in as the application, with what proves its identity. `load`
 * returns that at the first sign-in.
 */
export function applicationAuthorizer(
  kind: string,
  fields: Readonly<Record<ApplicationField, string>>,
  { origin, http }: { readonly origin: string; readonly http: HttpClient },
  load: () => Promise<GetProof>,
): Authorizer {
  return onFirstUse(kind, origin, async () => {
    const { clientCredentials } = await import('./clientCredentials');
    const proof = await load();
    return bearer(kind, origin, clientCredentials({ ...fields, signIn: kind, proof, http }));
  });
}

/**
 * Behind a gateway with Entra ID, REST proxies other than HDInsight's have an app registration of
 * their own, which may be the one that signs in.
 */
function suggestScope({ usualSignIn, others: { clientId = '' } }: FieldPlace): string | undefined {
  return usualSignIn === 'clientSecret' ? undefined : `api://${clientId}/.default`;
}
