import { KafkaError } from '../../core/errors';
import {
  type CertificateProblem,
  checkValidity,
  readCertificate,
  type SourceFields,
} from '../base/certificate';
import type { GetProof } from './proof';

/** Where an application's certificate and its key are; see `CertificateSource`. */
export interface ApplicationCertificate {
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly pastedKey: () => Promise<string | undefined>;
  readonly passphrase: () => Promise<string | undefined>;
}

const FIELDS: SourceFields = {
  certificateFile: 'certFile',
  keyFile: 'certKeyFile',
  pastedKey: 'certKey',
  passphrase: 'certPassphrase',
};

/** Microsoft Entra ID takes RSA signatures only, and MSAL no keys that are shorter. */
const MIN_BITS = 2048;

/**
 * Returns the proof by a certificate. Its files are read for each sign-in, so that a renewed one is
 * used at once. It rejects as `readCertificate` does, or with `credential-expired`.
 */
export function proofByCertificate({
  pastedKey,
  passphrase,
  ...files
}: ApplicationCertificate): GetProof {
  return async (facts) => {
    const source = { ...files, pastedKey: await pastedKey(), passphrase: await passphrase() };
    const { leaf, chain, key } = await readCertificate(source, FIELDS, facts);
    const atFile = { ...facts, field: FIELDS.certificateFile };
    checkValidity(leaf, atFile);
    const { asymmetricKeyType, asymmetricKeyDetails } = key;
    if (asymmetricKeyType !== 'rsa' || (asymmetricKeyDetails?.modulusLength ?? 0) < MIN_BITS) {
      const detail: CertificateProblem = 'key-kind';
      throw new KafkaError('credential-unusable', { ...atFile, detail });
    }
    const privateKey = key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const thumbprintSha256 = leaf.fingerprint256.replaceAll(':', '');
    return {
      auth: { clientCertificate: { thumbprintSha256, privateKey, x5c: chain } },
      hidden: privateKey.split('\n').filter((line) => line !== '' && !line.startsWith('-----')),
    };
  };
}
