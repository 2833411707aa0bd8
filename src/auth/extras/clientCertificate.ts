import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { KafkaError, type KafkaErrorFacts } from '../../core/errors';
import type { ClientCertificate } from '../../core/http/client';

/** The absolute paths of PEM files. */
export interface CertificateFiles {
  readonly certificateFile: string;
  /** Empty: the file of the certificate holds the private key too. */
  readonly keyFile: string;
}

/**
 * Why a file cannot be used, as `detail` of a failure: a code of the system, such as `ENOENT`, or
 * one of these.
 */
export type FileProblem =
  | 'needs-https'
  | 'not-a-file'
  | 'too-large'
  /** Not PEM, but DER or PKCS #12. */
  | 'binary'
  | 'no-certificate'
  | 'no-key'
  | 'damaged'
  | 'key-mismatch';

interface Passphrase {
  /** Of the secret. */
  readonly name: string;
  readonly get: () => Promise<string | undefined>;
}

type Facts = Pick<KafkaErrorFacts, 'host' | 'signIn'>;
type FileField = keyof CertificateFiles;

/** A certificate that can be used while it is valid, and what it was made from. */
interface Usable {
  readonly source: string;
  readonly certificate: ClientCertificate;
  readonly leaf: X509Certificate;
}

/** Files of certificates take a few kilobytes. */
const MAX_BYTES = 1024 * 1024;

/**
 * Returns a function that returns the certificate in some files, with its key decrypted. It reads
 * them again after they have changed, so that a renewed certificate is used at once. While a file
 * is being replaced, the previous certificate stays in use. It rejects with a `KafkaError` of kind
 * `credential-unusable`, `credential-expired`, `secret-missing` or `secret-wrong`.
 */
export function openCertificate(
  files: CertificateFiles,
  facts: Facts,
  passphrase: Passphrase,
): () => Promise<ClientCertificate> {
  let current: Usable | undefined;
  return async () => {
    try {
      const secret = await passphrase.get();
      const source = JSON.stringify([await versionsOf(files, facts), secret]);
      if (current?.source !== source) {
        current = { source, ...(await read(files, facts, passphrase.name, secret)) };
      }
    } catch (error) {
      const isValid = current && notValidNow(current.leaf) === undefined;
      if (!isValid || !isBeingReplaced(error)) throw error;
    }
    if (!current) throw new KafkaError('credential-unusable', facts);
    const date = notValidNow(current.leaf);
    if (date === undefined) return current.certificate;
    throw new KafkaError('credential-expired', {
      ...facts,
      field: 'certificateFile',
      detail: date.toISOString(),
    });
  };
}

function isBeingReplaced(error: unknown): boolean {
  return error instanceof KafkaError && error.kind === 'credential-unusable';
}

/** Returns the date at which a certificate expired or becomes valid, if it is not valid now. */
function notValidNow({ validFrom, validTo }: X509Certificate): Date | undefined {
  const [from, to] = [new Date(validFrom), new Date(validTo)];
  if (Date.now() < from.getTime()) return from;
  return Date.now() > to.getTime() ? to : undefined;
}

function fail(facts: Facts, field: FileField, detail: FileProblem, cause?: unknown): KafkaError {
  return new KafkaError('credential-unusable', { ...facts, field, detail, cause });
}

/** Returns a text that changes with the files. */
async function versionsOf(files: CertificateFiles, facts: Facts): Promise<string> {
  const { certificateFile, keyFile } = files;
  const certificate = await versionOf(certificateFile, 'certificateFile', facts);
  return keyFile === ''
    ? certificate
    : `${certificate} ${await versionOf(keyFile, 'keyFile', facts)}`;
}

async function versionOf(file: string, field: FileField, facts: Facts): Promise<string> {
  const stats = await withCode(stat(file), field, facts);
  if (!stats.isFile()) throw fail(facts, field, 'not-a-file');
  if (stats.size > MAX_BYTES) throw fail(facts, field, 'too-large');
  return [stats.mtimeMs, stats.ctimeMs, stats.size, stats.ino].join();
}

/** Words a failure of the file system by its code. */
async function withCode<T>(work: Promise<T>, field: FileField, facts: Facts): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const isCoded = cause instanceof Error && 'code' in cause && typeof cause.code === 'string';
    const detail = isCoded ? String(cause.code) : 'EIO';
    throw new KafkaError('credential-unusable', { ...facts, field, detail, cause });
  }
}

async function read(
  { certificateFile, keyFile }: CertificateFiles,
  facts: Facts,
  secretName: string,
  passphrase: string | undefined,
): Promise<Omit<Usable, 'source'>> {
  const text = await pemIn(certificateFile, 'certificateFile', facts);
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw fail(facts, 'certificateFile', 'no-certificate');
  const chain = blocks.map((block) => {
    try {
      return new X509Certificate(block);
    } catch (cause) {
      throw fail(facts, 'certificateFile', 'damaged', cause);
    }
  });
  const keyText = keyFile === '' ? text : await pemIn(keyFile, 'keyFile', facts);
  const key = keyIn(keyText, facts, secretName, passphrase);
  // The server takes the first certificate for that of the client.
  const leaf = chain.find((each) => each.checkPrivateKey(key));
  if (!leaf) throw fail(facts, 'keyFile', 'key-mismatch');
  const issuers = chain.filter((each) => each !== leaf);
  return {
    leaf,
    certificate: {
      cert: [leaf, ...issuers].map(String).join(''),
      key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
  };
}

/** Reads a PEM file. */
async function pemIn(file: string, field: FileField, facts: Facts): Promise<string> {
  const bytes = await withCode(readFile(file), field, facts);
  // DER and PKCS #12 begin with a sequence whose length takes two bytes.
  if (bytes[0] === 0x30 && ((bytes[1] ?? 0) & 0x80) !== 0) throw fail(facts, field, 'binary');
  return bytes.toString('latin1');
}

function keyIn(
  text: string,
  facts: Facts,
  secretName: string,
  passphrase: string | undefined,
): KeyObject {
  const pattern = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----[^]+?-----END \1-----/;
  const [block, label] = pattern.exec(text) ?? [];
  if (block === undefined) throw fail(facts, 'keyFile', 'no-key');
  const isEncrypted = label === 'ENCRYPTED PRIVATE KEY' || block.includes('ENCRYPTED');
  const secret = { ...facts, field: secretName };
  if (isEncrypted && !passphrase) throw new KafkaError('secret-missing', secret);
  try {
    return createPrivateKey({ key: block, ...(isEncrypted && { passphrase }) });
  } catch (cause) {
    // The cause quotes neither the key nor the passphrase.
    if (isEncrypted) throw new KafkaError('secret-wrong', { ...secret, cause });
    throw fail(facts, 'keyFile', 'damaged', cause);
  }
}
