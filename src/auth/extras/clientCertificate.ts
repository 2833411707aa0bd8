import type { X509Certificate } from 'node:crypto';
import { KafkaError, type KafkaErrorFacts } from '../../core/errors';
import type { ClientCertificate } from '../../core/http/client';
import {
  checkValidity,
  invalidityOf,
  readCertificate,
  type SourceFields,
} from '../base/certificate';
import { versionOfSmallFile } from '../base/smallFile';

/** The absolute paths of PEM files. */
export interface CertificateFiles {
  readonly certificateFile: string;
  /** Empty: the file of the certificate holds the private key too. */
  readonly keyFile: string;
}

interface Passphrase {
  /** Of the secret. */
  readonly name: string;
  readonly get: () => Promise<string | undefined>;
}

type Facts = Pick<KafkaErrorFacts, 'host' | 'signIn'>;

/** A certificate that can be used while it is valid, and what it was made from. */
interface Usable {
  readonly source: string;
  readonly certificate: ClientCertificate;
  readonly leaf: X509Certificate;
}

/**
 * Returns a function that returns the certificate in some files, with its key decrypted. It reads
 * them again after they have changed, so that a renewed certificate is used at once. While a file
 * is being replaced, the previous certificate stays in use. It rejects as `readCertificate` does,
 * or with `credential-expired`.
 */
export function openCertificate(
  files: CertificateFiles,
  facts: Facts,
  passphrase: Passphrase,
): () => Promise<ClientCertificate> {
  const fields: SourceFields = {
    certificateFile: 'certificateFile',
    keyFile: 'keyFile',
    passphrase: passphrase.name,
  };
  const atFile = { ...facts, field: fields.certificateFile };
  let current: Usable | undefined;
  return async () => {
    try {
      const secret = await passphrase.get();
      const source = JSON.stringify([await versionsOf(files, facts), secret]);
      if (current?.source !== source) {
        const read = await readCertificate({ ...files, passphrase: secret }, fields, facts);
        const key = read.key.export({ type: 'pkcs8', format: 'pem' }).toString();
        current = { source, leaf: read.leaf, certificate: { cert: read.chain, key } };
      }
    } catch (error) {
      if (!current || invalidityOf(current.leaf) || !isBeingReplaced(error)) throw error;
    }
    checkValidity(current.leaf, atFile);
    return current.certificate;
  };
}

function isBeingReplaced(error: unknown): boolean {
  return error instanceof KafkaError && error.kind === 'credential-unusable';
}

/** Returns a text that changes with the files. */
async function versionsOf(files: CertificateFiles, facts: Facts): Promise<string> {
  const { certificateFile, keyFile } = files;
  const certificate = await versionOfSmallFile(certificateFile, {
    ...facts,
    field: 'certificateFile',
  });
  if (keyFile === '') return certificate;
  return `${certificate} ${await versionOfSmallFile(keyFile, { ...facts, field: 'keyFile' })}`;
}
