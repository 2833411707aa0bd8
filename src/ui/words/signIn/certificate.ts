import * as vscode from 'vscode';
import type { CertificateProblem, SourceFields } from '../../../auth/base/certificate';
import type { KafkaError } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import { dateWords } from '../dateWords';
import { fileProblem } from './fileProblem';
import type { SecretWords } from './signInWords';

/** Returns the words for the secret that decrypts a private key. */
export function passphraseWords(): SecretWords {
  const t = vscode.l10n.t;
  return {
    label: t('Passphrase'),
    prompt: t('The passphrase of the private key. Empty: the key is not encrypted'),
    title: (cluster) => t('Passphrase of the Private Key of {0}', cluster),
    question: () =>
      t(
        'The passphrase of the private key. It is sent nowhere, and kept in VS Code’s secret storage. Empty: the key is not encrypted.',
      ),
  };
}

/**
 * Explains why a certificate or its private key cannot be used. `fields` are the names of the
 * fields and secrets that hold them. Returns `undefined` for any other failure.
 */
export function explainCertificate(
  error: KafkaError,
  fields: SourceFields,
): Explanation<NextStep> | undefined {
  const { kind, field = '', detail } = error;
  const t = vscode.l10n.t;
  const isKey = field === fields.keyFile || field === fields.pastedKey;
  const place: NextStep = field === fields.pastedKey ? 'enterSecret' : { field: `signIn.${field}` };
  const next: readonly NextStep[] = [place, 'tryAgain'];
  if (field === fields.passphrase) return explainPassphrase(error, fields);
  if (field !== fields.certificateFile && !isKey) return undefined;
  if (kind === 'credential-expired') {
    const date = Date.parse(detail);
    const day = dateWords(date);
    return date > Date.now()
      ? {
          reason: t('the client certificate is not valid before {0}', day),
          advice: t('Check the clock of this computer, or choose another certificate'),
          next,
        }
      : {
          reason: t('the client certificate expired on {0}', day),
          advice: t('Get a new certificate, and put it into the same file or choose its file'),
          next,
        };
  }
  if (kind !== 'credential-unusable') return undefined;
  const [reason, advice] = wordsFor(detail, isKey);
  return { reason, advice, next };
}

function explainPassphrase(
  { kind }: KafkaError,
  { keyFile }: SourceFields,
): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  if (kind === 'secret-missing') {
    return {
      reason: t('the passphrase of the encrypted private key is not stored here'),
      advice: t('Enter the passphrase'),
      next: ['enterSecret'],
    };
  }
  if (kind !== 'secret-wrong') return undefined;
  return {
    reason: t('the passphrase does not decrypt the private key'),
    advice: t('Enter it again, or choose the key that it belongs to'),
    next: ['enterSecret', { field: `signIn.${keyFile}` }, 'tryAgain'],
  };
}

function wordsFor(detail: string, isKey: boolean): readonly [reason: string, advice: string] {
  const t = vscode.l10n.t;
  const words: Readonly<Partial<Record<string, readonly [string, string]>>> = {
    ENOENT: [
      isKey
        ? t('there is no such file of the private key')
        : t('there is no such certificate file'),
      t('Choose the file'),
    ],
    binary: [
      isKey
        ? t('the file of the private key is binary, such as .pfx, and not PEM')
        : t('the file of the certificate is binary, such as .pfx, and not PEM'),
      t('Convert it, for example with “openssl pkcs12 -in client.pfx -out client.pem”'),
    ],
    'no-certificate': [
      t('the file holds no certificate'),
      t('Choose a PEM file with “BEGIN CERTIFICATE”'),
    ],
    'no-key': [
      t('the file holds no private key'),
      t('Choose a PEM file with “BEGIN PRIVATE KEY” or “BEGIN ENCRYPTED PRIVATE KEY”'),
    ],
    'key-mismatch': [
      t('the private key does not belong to the client certificate'),
      t('Choose the key that was made together with the certificate'),
    ],
    'key-kind': [
      t('the key of the certificate is not an RSA key of at least 2048 bits'),
      t('Microsoft Entra ID takes no other; make a certificate with such a key'),
    ],
  } satisfies Partial<Record<CertificateProblem | 'ENOENT', readonly [string, string]>>;
  return (
    words[detail] ?? [
      isKey
        ? t('the file of the private key cannot be used: {0}', fileProblem(detail))
        : t('the file of the certificate cannot be used: {0}', fileProblem(detail)),
      t('Choose a PEM file that you can read'),
    ]
  );
}
