import { parseName } from '../../core/cluster/definition';
import { bearer } from '../base/bearer';
import { onFirstUse } from '../base/onFirstUse';
import {
  applicationBinding,
  applicationCulprits,
  type ApplicationField,
  applicationFields,
  tokenFields,
} from '../entra/application';
import { doubtSecret } from '../entra/fields';
import type { SignInMethod } from './signInMethod';

const KIND = 'clientSecret';

/** Microsoft Entra ID, with the client secret of an application. */
export const clientSecret = {
  kind: KIND,
  fields: { ...applicationFields, ...tokenFields },
  secrets: {
    clientSecret: { parse: parseName, doubt: doubtSecret, boundTo: applicationBinding },
  },
  service: 'authority',
  culprits: {
    'secret-missing': 'clientSecret',
    'secret-wrong': 'clientSecret',
    'secret-expired': 'clientSecret',
    ...applicationCulprits,
  },
  authorizer: (fields, { origin, http, secret }) =>
    onFirstUse(KIND, origin, async () => {
      const { clientCredentials } = await import('../entra/clientCredentials');
      const { proofBySecret } = await import('../entra/proofBySecret');
      const proof = proofBySecret(() => secret('clientSecret'));
      return bearer(KIND, origin, clientCredentials({ ...fields, signIn: KIND, proof, http }));
    }),
} as const satisfies SignInMethod<ApplicationField, 'clientSecret'>;
