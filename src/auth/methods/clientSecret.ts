import { parseName } from '../../core/cluster/definition';
import {
  applicationAuthorizer,
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
  authorizer: (fields, context) =>
    applicationAuthorizer(KIND, fields, context, async () => {
      const { proofBySecret } = await import('../entra/proofBySecret');
      return proofBySecret(() => context.secret('clientSecret'));
    }),
} as const satisfies SignInMethod<ApplicationField, 'clientSecret'>;
