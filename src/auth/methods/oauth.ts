import { parseName } from '../../core/cluster/definition';
import { bearer } from '../base/bearer';
import { onFirstUse } from '../base/onFirstUse';
import {
  authentications,
  parseAuthentication,
  parseIssuer,
  parseResource,
  parseScopes,
  parseTokenEndpoint,
  pastedProvider,
} from '../oauth/fields';
import type { SignInMethod } from './signInMethod';

const KIND = 'oauth';

/** OAuth client credentials of any identity provider. */
export const oauth = {
  kind: KIND,
  fields: {
    issuer: { parse: parseIssuer, pasted: pastedProvider, alternative: 'tokenEndpoint' },
    clientId: { parse: parseName },
    tokenEndpoint: { parse: parseTokenEndpoint, fallback: '', alternative: 'issuer' },
    scope: { parse: parseScopes, fallback: '' },
    audience: { parse: parseName, fallback: '' },
    resource: { parse: parseResource, fallback: '' },
    clientAuthentication: {
      parse: parseAuthentication,
      options: authentications,
      fallback: 'auto',
    },
  },
  secrets: {
    clientSecret: {
      parse: parseName,
      boundTo: ({ issuer, tokenEndpoint, clientId, scope, audience, resource }) => [
        KIND,
        tokenEndpoint || issuer,
        clientId,
        scope,
        audience,
        resource,
      ],
    },
  },
  service: 'tokenEndpoint',
  culprits: {
    'secret-missing': 'clientSecret',
    'secret-wrong': 'clientSecret',
    'secret-expired': 'clientSecret',
    'tenant-unknown': 'issuer',
    'scope-unknown': 'scope',
    'consent-missing': 'audience',
    'sign-in-failed': 'clientId',
    redirect: 'tokenEndpoint',
    unauthorized: 'audience',
  },
  authorizer: ({ clientAuthentication, ...fields }, { origin, http, secret }) =>
    onFirstUse(KIND, origin, async () => {
      const { oauthTokens } = await import('../oauth/clientCredentials');
      const source = oauthTokens({
        ...fields,
        authentication: clientAuthentication,
        signIn: KIND,
        secret: () => secret('clientSecret'),
        http,
      });
      return bearer(KIND, origin, source);
    }),
} as const satisfies SignInMethod<
  | 'issuer'
  | 'clientId'
  | 'tokenEndpoint'
  | 'scope'
  | 'audience'
  | 'resource'
  | 'clientAuthentication',
  'clientSecret'
>;
