import { bearer } from '../base/bearer';
import { onFirstUse } from '../base/onFirstUse';
import { parsePath } from '../base/path';
import { requiringTrust } from '../base/requiringTrust';
import {
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
  authorizer: (fields, { origin, http, host }) =>
    requiringTrust(
      onFirstUse(KIND, origin, async () => {
        const { clientCredentials } = await import('../entra/clientCredentials');
        const { proofByAssertion } = await import('../entra/proofByAssertion');
        const proof = proofByAssertion(fields.assertionFile);
        return bearer(KIND, origin, clientCredentials({ ...fields, signIn: KIND, proof, http }));
      }),
      host,
    ),
} as const satisfies SignInMethod<ApplicationField | 'assertionFile', never>;
