import type { Parsed } from '../../core/cluster/parsed';
import { bearer } from '../base/bearer';
import { onFirstUse } from '../base/onFirstUse';
import { requiringTrust } from '../base/requiringTrust';
import { DEFAULT_SCOPE, parseScope, parseTenant, pastedTenant } from '../entra/fields';
import type { SignInMethod } from './signInMethod';

const KIND = 'azureCli';

/** Microsoft Entra ID, as the person who is signed in to the Azure CLI. */
export const azureCli = {
  kind: KIND,
  fields: {
    tenantId: {
      parse: parseTenant,
      fallback: '',
      pasted: (text) => {
        const { text: tenant } = pastedTenant(text) ?? {};
        return tenant === undefined ? undefined : { text: tenant };
      },
    },
    scope: { parse: parseCliScope, fallback: DEFAULT_SCOPE },
  },
  secrets: {},
  culprits: {
    'tenant-unknown': 'tenantId',
    'scope-unknown': 'scope',
    'consent-missing': 'scope',
    unauthorized: 'scope',
  },
  person: ({ scope, tenantId }) => ({ by: 'azureCli', scope, tenantId }),
  authorizer: (fields, { origin, host }) =>
    requiringTrust(
      onFirstUse(KIND, origin, async () => {
        const { azureCliTokens } = await import('../azureCli/tokens');
        const path = () => host.azureCli();
        return bearer(KIND, origin, azureCliTokens({ ...fields, path, signIn: KIND }));
      }),
      host,
    ),
} as const satisfies SignInMethod<'tenantId' | 'scope', never>;

/** Parses a scope. The Azure CLI would read a file whose name follows an `@` at the beginning. */
function parseCliScope(text: string): Parsed<string> {
  const parsed = parseScope(text);
  return parsed.value?.startsWith('@') ? { problem: 'not-a-scope' } : parsed;
}
