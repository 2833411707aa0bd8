import { KafkaError } from '../../core/errors';
import { bearer, cachedTokens } from '../base/bearer';
import type { AccountToken } from '../base/signInHost';
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
} from '../entra/fields';
import type { SignInMethod } from './signInMethod';

const KIND = 'account';

/** How long a token is used before VS Code is asked again, which renews it and knows its end. */
const ASK_AGAIN_MS = 60_000;

type Field = 'tenantId' | 'clientId' | 'authority' | 'scope';

/** Microsoft Entra ID, as the person who is signed in to VS Code. */
export const account = {
  kind: KIND,
  fields: {
    tenantId: { parse: parseTenant, fallback: '', pasted: pastedTenant },
    clientId: {
      parse: parseClientId,
      fallback: '',
      pasted: withoutBraces,
      doubt: (client, { tenantId }) => (client === '' ? undefined : doubtSameId(client, tenantId)),
    },
    authority: { parse: parseAuthority, fallback: DEFAULT_AUTHORITY },
    scope: { parse: parseScope, fallback: DEFAULT_SCOPE },
  },
  secrets: {},
  culprits: {
    'tenant-unknown': 'tenantId',
    'client-unknown': 'clientId',
    'consent-missing': 'clientId',
    'scope-unknown': 'scope',
    'program-missing': 'authority',
    unauthorized: 'scope',
  },
  person: (fields) => ({ by: 'account', token: tokenFor(fields) }),
  authorizer: (fields, { origin, host }) => {
    const source = cachedTokens(async (signal) => {
      try {
        const value = await host.accountToken(tokenFor(fields), signal);
        return { value, renewAt: Date.now() + ASK_AGAIN_MS };
      } catch (error) {
        if (!(error instanceof KafkaError)) throw error;
        const { kind, detail, host, cause } = error;
        throw new KafkaError(kind, { detail, host, signIn: KIND, cause });
      }
    });
    return bearer(KIND, origin, source);
  },
} as const satisfies SignInMethod<Field, never>;

function tokenFor({
  authority,
  scope,
  tenantId,
  clientId,
}: Readonly<Record<Field, string>>): AccountToken {
  return { authority, scope, ...(tenantId && { tenantId }), ...(clientId && { clientId }) };
}
