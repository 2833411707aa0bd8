import { parseName } from '../../core/cluster/definition';
import type { FieldPlace } from '../../core/cluster/kinds';
import { bearer } from '../base/bearer';
import {
  DEFAULT_AUTHORITY,
  DEFAULT_SCOPE,
  doubtSameId,
  doubtSecret,
  parseAuthority,
  parseClientId,
  parseScope,
  parseTenant,
  pastedTenant,
  withoutBraces,
} from '../entra/fields';
import { onFirstUse } from '../base/onFirstUse';
import type { SignInMethod } from './signInMethod';

const KIND = 'clientSecret';

/** Microsoft Entra ID, with the client secret of an application. */
export const clientSecret = {
  kind: KIND,
  fields: {
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
    authority: { parse: parseAuthority, fallback: DEFAULT_AUTHORITY },
    scope: { parse: parseScope, fallback: DEFAULT_SCOPE, suggestion: suggestScope },
  },
  secrets: {
    clientSecret: {
      parse: parseName,
      doubt: doubtSecret,
      boundTo: ({ authority, tenantId, clientId, scope }) => [
        new URL(authority).origin,
        tenantId.toLowerCase(),
        clientId.toLowerCase(),
        scope,
      ],
    },
  },
  service: 'authority',
  culprits: {
    'secret-missing': 'clientSecret',
    'secret-wrong': 'clientSecret',
    'secret-expired': 'clientSecret',
    'client-unknown': 'clientId',
    'tenant-unknown': 'tenantId',
    'scope-unknown': 'scope',
    unauthorized: 'scope',
  },
  authorizer: (fields, { origin, http, secret }) =>
    onFirstUse(KIND, origin, async () => {
      const { clientCredentials } = await import('../entra/clientCredentials');
      const source = clientCredentials({
        ...fields,
        signIn: KIND,
        secret: () => secret('clientSecret'),
        http,
      });
      return bearer(KIND, origin, source);
    }),
} as const satisfies SignInMethod<'tenantId' | 'clientId' | 'authority' | 'scope', 'clientSecret'>;

/**
 * Behind a gateway with Entra ID, other REST proxies have an app registration of their own, which
 * may be the one that signs in.
 */
function suggestScope({ usualSignIn, others: { clientId = '' } }: FieldPlace): string | undefined {
  return usualSignIn === KIND ? undefined : `api://${clientId}/.default`;
}
