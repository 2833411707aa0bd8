import { parseCaFile } from '../../core/cluster/definition';
import { parsePassphrase } from '../base/passphrase';
import { parsePath } from '../base/path';
import { parsePrivateKey } from '../base/pastedKey';
import {
  applicationAuthorizer,
  applicationBinding,
  applicationCulprits,
  type ApplicationField,
  applicationFields,
  tokenFields,
} from '../entra/application';
import type { SignInMethod } from './signInMethod';

const KIND = 'clientCertificate';

/** Microsoft Entra ID, with a certificate of an application. */
export const clientCertificate = {
  kind: KIND,
  fields: {
    ...applicationFields,
    certFile: { parse: parsePath, file: 'certificate' },
    certKeyFile: { parse: parseCaFile, file: 'key', fallback: '' },
    ...tokenFields,
  },
  secrets: {
    certKey: {
      optional: true,
      parse: parsePrivateKey,
      boundTo: (fields) => ['key', fields.certFile, ...applicationBinding(fields)],
    },
    certPassphrase: {
      optional: true,
      parse: parsePassphrase,
      boundTo: (fields) => [
        'passphrase',
        fields.certFile,
        fields.certKeyFile,
        ...applicationBinding(fields),
      ],
    },
  },
  service: 'authority',
  culprits: {
    'credential-unusable': 'certFile',
    'credential-expired': 'certFile',
    'secret-missing': 'certPassphrase',
    'secret-wrong': 'certPassphrase',
    ...applicationCulprits,
  },
  authorizer: (fields, context) =>
    applicationAuthorizer(KIND, fields, context, async () => {
      const { proofByCertificate } = await import('../entra/proofByCertificate');
      return proofByCertificate({
        certificateFile: fields.certFile,
        keyFile: fields.certKeyFile,
        pastedKey: () => context.secret('certKey'),
        passphrase: () => context.secret('certPassphrase'),
      });
    }),
} as const satisfies SignInMethod<
  ApplicationField | 'certFile' | 'certKeyFile',
  'certKey' | 'certPassphrase'
>;
