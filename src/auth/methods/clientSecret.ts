import { parseName } from '../../core/cluster/definition';
import { bearer } from '../entra/bearer';
import { clientCredentials } from '../entra/clientCredentials';
import {
  defaultAuthority,
  defaultScope,
  parseAuthority,
  parseClientId,
  parseScope,
  parseTenant,
} from '../entra/fields';
import type { SignInMethod } from './signInMethod';

const kind = 'clientSecret';

/** Microsoft Entra ID, with the client secret of an application. */
export const clientSecret = {
  kind,
  fields: {
    tenantId: { parse: parseTenant },
    clientId: { parse: parseClientId },
    authority: { parse: parseAuthority, fallback: defaultAuthority },
    scope: { parse: parseScope, fallback: defaultScope },
  },
  secret: {
    parse: parseName,
    boundTo: ({ authority, tenantId, clientId, scope }) => [
      new URL(authority).origin,
      tenantId.toLowerCase(),
      clientId.toLowerCase(),
      scope,
    ],
  },
  service: 'authority',
  culprits: {
    'secret-missing': 'secret',
    'secret-wrong': 'secret',
    'secret-expired': 'secret',
    'client-unknown': 'clientId',
    'tenant-unknown': 'tenantId',
    'scope-unknown': 'scope',
    unauthorized: 'scope',
  },
  authorizer: (fields, { origin, http, secret }) =>
    bearer(kind, origin, clientCredentials({ ...fields, signIn: kind, secret, http })),
} as const satisfies SignInMethod<'tenantId' | 'clientId' | 'authority' | 'scope'>;
