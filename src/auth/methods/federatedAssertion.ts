import { parsePath } from '../base/path';
import { requiringTrust } from '../base/requiringTrust';
import {
  applicationAuthorizer,
  applicationCulprits,
  type ApplicationField,
  applicationFields,
  tokenFields,
} from '../entra/application';
import type { SignInMethod } from './signInMethod';

const KIND = 'federatedAssertion';

/** Microsoft Entra ID, with a token of another provider that stands for an application. */
export const federatedAssertion = {
  kind: KIND,
  fields: {
    ...applicationFields,
    assertionFile: { parse: parsePath, file: 'other' },
    ...tokenFields,
  },
  secrets: {},
  service: 'authority',
  culprits: {
    'credential-unusable': 'assertionFile',
    'credential-expired': 'assertionFile',
    ...applicationCulprits,
  },
  authorizer: (fields, context) =>
    requiringTrust(
      applicationAuthorizer(KIND, fields, context, async () => {
        const { proofByAssertion } = await import('../entra/proofByAssertion');
        return proofByAssertion(fields.assertionFile);
      }),
      context.host,
    ),
} as const satisfies SignInMethod<ApplicationField | 'assertionFile', never>;
