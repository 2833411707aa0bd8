import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { KafkaError, type KafkaErrorFacts } from '../../core/errors';
import { type FileProblem, readSmallFile } from './smallFile';

/** Where a certificate and its private key are. */
export interface CertificateSource {
  /** The absolute path of a PEM file: the certificate, and its issuers if others lack them. */
  readonly certificateFile: string;
  /** The absolute path of a PEM file. Empty: the key is in `pastedKey`. */
  readonly keyFile: string;
  /** PEM. Missing or empty: the file of the certificate holds the key too. */
  readonly pastedKey?: string | undefined;
  /** Decrypts the key, if that is encrypted. */
  readonly passphrase: string | undefined;
}

/** The fields and secrets that hold the parts of a source. Failures name them. */
export interface SourceFields {
  readonly certificateFile: string;
  readonly keyFile: string;
  /** Missing: keys are not pasted. */
  readonly pastedKey?: string;
  readonly passphrase: string;
}

/** Why a certificate or key cannot be used, as `detail` of a failure. */
export type CertificateProblem =
  | FileProblem
  /** Not PEM, but DER or PKCS #12. */
  | 'binary'
  | 'no-certificate'
  | 'no-key'
  | 'damaged'
  | 'key-mismatch'
  /** Not an RSA key of at least 2048 bits. */
  | 'key-kind';

/** A certificate that fits its key. */
export interface KeyedCertificate {
  readonly leaf: X509Certificate;
  /** The certificate and those of its issuers, as PEM. */
  readonly chain: string;
  readonly key: KeyObject;
}

type Facts = Pick<KafkaErrorFacts, 'host' | 'signIn'>;

/**
 * Reads a certificate and its private key. The file of the certificate may hold its issuers too, in
 * any order. Rejects with a `KafkaError` whose `field` is one of `fields`: `credential-unusable`
 * with a `CertificateProblem` or a code of the system as `detail`, `secret-missing` if the key is
 * encrypted and there is no passphrase, or `secret-wrong`.
 */
export async function readCertificate(
  source: CertificateSource,
  fields: SourceFields,
  facts: Facts,
): Promise<KeyedCertificate> {
  const fail = (part: keyof CertificateSource, detail: CertificateProblem, cause?: unknown) =>
    new KafkaError('credential-unusable', { ...facts, field: fields[part], detail, cause });
  const pemIn = async (part: 'certificateFile' | 'keyFile') => {
    const bytes = await readSmallFile(source[part], { ...facts, field: fields[part] });
    if (isBinary(bytes)) throw fail(part, 'binary');
    return bytes.toString('latin1');
  };

  const text = await pemIn('certificateFile');
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw fail('certificateFile', 'no-certificate');
  const certificates = blocks.map((block) => {
    try {
      return new X509Certificate(block);
    } catch (cause) {
      throw fail('certificateFile', 'damaged', cause);
    }
  });

  const place = source.keyFile === '' && source.pastedKey ? 'pastedKey' : 'keyFile';
  const keyText = source.keyFile === '' ? source.pastedKey || text : await pemIn('keyFile');
  const [block, label = ''] = PRIVATE_KEY.exec(keyText) ?? [];
  if (block === undefined) throw fail(place, 'no-key');
  const isEncrypted = label.startsWith('ENCRYPTED') || block.includes('Proc-Type: 4,ENCRYPTED');
  const { passphrase } = source;
  const atPassphrase = { ...facts, field: fields.passphrase };
  if (isEncrypted && !passphrase) throw new KafkaError('secret-missing', atPassphrase);
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: block, ...(isEncrypted && { passphrase }) });
  } catch (cause) {
    // The cause quotes neither the key nor the passphrase.
    if (isEncrypted) throw new KafkaError('secret-wrong', { ...atPassphrase, cause });
    throw fail(place, 'damaged', cause);
  }

  const leaf = certificates.find((each) => each.checkPrivateKey(key));
  if (!leaf) throw fail(place, 'key-mismatch');
  const issuers = certificates.filter((each) => each !== leaf);
  return { leaf, key, chain: [leaf, ...issuers].map(String).join('') };
}

/** Matches the private key in a PEM file, and captures what its first line calls it. */
const PRIVATE_KEY = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----[^]+?-----END \1-----/;

/** DER and PKCS #12 begin with a sequence whose length takes more than one byte. */
function isBinary(bytes: Buffer): boolean {
  return bytes[0] === 0x30 && ((bytes[1] ?? 0) & 0x80) !== 0;
}

/**
 * Throws a `KafkaError` of kind `credential-expired` if a certificate is not valid now. Its `detail`
 * is the date at which the certificate expired or becomes valid.
 */
export function checkValidity(
  certificate: X509Certificate,
  facts: Pick<KafkaErrorFacts, 'host' | 'signIn' | 'field'>,
): void {
  const date = invalidityOf(certificate);
  if (!date) return;
  throw new KafkaError('credential-expired', { ...facts, detail: date.toISOString() });
}

/** Returns the date at which a certificate expired or becomes valid, if it is not valid now. */
export function invalidityOf({ validFrom, validTo }: X509Certificate): Date | undefined {
  const [from, to] = [new Date(validFrom), new Date(validTo)];
  if (Date.now() < from.getTime()) return from;
  return Date.now() > to.getTime() ? to : undefined;
}
