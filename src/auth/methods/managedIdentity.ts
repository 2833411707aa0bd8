import { parseName } from '../../core/cluster/definition';
import type { FieldPlace } from '../../core/cluster/kinds';
import { bearer } from '../base/bearer';
import { onFirstUse } from '../base/onFirstUse';
import { DEFAULT_SCOPE, parseScope, withoutBraces } from '../entra/fields';
import type { SignInMethod } from './signInMethod';

const KIND = 'managedIdentity';
const SYSTEM = 'system';

/** Microsoft Entra ID, with the identity that Azure gives to the computer. */
export const managedIdentity = {
  kind: KIND,
  fields: {
    identity: {
      options: [SYSTEM, 'clientId', 'objectId', 'resourceId'],
      parse: parseIdentity,
      fallback: SYSTEM,
    },
    identityId: { parse: parseName, fallback: '', pasted: withoutBraces },
    scope: { parse: parseScope, fallback: DEFAULT_SCOPE, suggestion: suggestScope },
  },
  secrets: {},
  culprits: {
    'credential-unusable': 'identityId',
    'scope-unknown': 'scope',
    unauthorized: 'scope',
  },
  authorizer: (fields, { origin }) =>
    onFirstUse(KIND, origin, async () => {
      const { managedIdentityTokens } = await import('../entra/managedIdentity');
      return bearer(KIND, origin, managedIdentityTokens({ ...fields, signIn: KIND }));
    }),
} as const satisfies SignInMethod<'identity' | 'identityId' | 'scope', never>;

const KINDS: readonly string[] = managedIdentity.fields.identity.options;

function parseIdentity(text: string): ReturnType<typeof parseName> {
  return KINDS.includes(text) ? { value: text } : { problem: 'not-an-identity' };
}

/** Other REST proxies than HDInsight's have a scope of their own, which nothing here tells. */
function suggestScope({ usualSignIn }: FieldPlace): string | undefined {
  return usualSignIn === 'clientSecret' ? undefined : '';
}
