import * as vscode from 'vscode';
import { type ExtraField, headerOfSecret, PASSPHRASE } from '../../../auth/methods/extras';
import type { KafkaError, KafkaErrorKind } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import type { FieldWords } from '../kindWords';
import type { SecretWords } from './signInWords';

/** The words for the fields that every way to sign in has. */
export function extraFields(): Readonly<Record<ExtraField, FieldWords>> {
  const t = vscode.l10n.t;
  return {
    certificateFile: {
      label: t('Client certificate'),
      prompt: t('The PEM file with the certificate by which you identify yourself. Empty: none'),
    },
    keyFile: {
      label: t('Private key'),
      prompt: t('The PEM file with its private key. Empty: the certificate’s file holds it too'),
    },
    headers: {
      label: t('Extra headers'),
      prompt: t('Names of headers that a gateway asks for. Their values are asked for next'),
      placeholder: 'X-Api-Key, X-Tenant',
    },
  };
}

/** Returns the words for a secret that every way to sign in may have. */
export function extraSecret(name: string): SecretWords | undefined {
  const t = vscode.l10n.t;
  if (name === PASSPHRASE) {
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
  const header = headerOfSecret(name);
  if (header === undefined) return undefined;
  return {
    label: header,
    prompt: t('The value of the header {0}. It is kept in VS Code’s secret storage', header),
    title: (cluster) => t('Header {0} of {1}', header, cluster),
    question: (sentTo) =>
      t(
        'The value of the header {0}. It is sent to {1}, and kept in VS Code’s secret storage.',
        header,
        sentTo,
      ),
  };
}

/** Explains a failure of the client certificate or of an extra header. */
export function explainExtra(error: KafkaError): Explanation<NextStep> | undefined {
  const { kind, field = '' } = error;
  if (kind === 'client-certificate-refused') return explainRefusal(error);
  const header = headerOfSecret(field);
  if (header !== undefined) return explainHeader(error, header);
  if (field === PASSPHRASE) return explainPassphrase(error);
  if (field === 'certificateFile' || field === 'keyFile') return explainFile(error, field);
  return undefined;
}

function explainHeader(
  { kind, host = '' }: KafkaError,
  header: string,
): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  const explanations: Readonly<Partial<Record<KafkaErrorKind, Explanation<NextStep>>>> = {
    'secret-missing': {
      reason: t('the value of the header {0} is not stored here', header),
      advice: t('Enter it'),
      next: ['enterSecret'],
    },
    unauthorized: {
      reason: t('the header {0} is not accepted by {1}', header, host),
      advice: t('Enter its value again, or check how the cluster signs in'),
      next: ['enterSecret', { field: 'signIn' }, 'tryAgain'],
    },
    forbidden: {
      reason: t('it is not allowed by {0}', host),
      advice: t('Check the value of the header {0}, or ask for the permission', header),
      next: ['enterSecret', 'tryAgain'],
    },
  };
  return explanations[kind];
}

function explainPassphrase({ kind }: KafkaError): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  if (kind === 'secret-missing') {
    return {
      reason: t('the private key is encrypted, and its passphrase is not stored here'),
      advice: t('Enter the passphrase'),
      next: ['enterSecret'],
    };
  }
  if (kind !== 'secret-wrong') return undefined;
  return {
    reason: t('the passphrase does not decrypt the private key'),
    advice: t('Enter it again, or choose the key that it belongs to'),
    next: ['enterSecret', { field: 'signIn.keyFile' }, 'tryAgain'],
  };
}

function explainFile(
  { kind, detail }: KafkaError,
  field: 'certificateFile' | 'keyFile',
): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  const next: readonly NextStep[] = [{ field: `signIn.${field}` }, 'tryAgain'];
  if (kind === 'credential-expired') {
    const date = new Date(detail);
    const day = date.toLocaleString(vscode.env.language);
    return date.getTime() > Date.now()
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
  const [reason, advice] = wordsFor(detail, field === 'keyFile');
  return { reason, advice, next };
}

function wordsFor(detail: string, isKey: boolean): readonly [reason: string, advice: string] {
  const t = vscode.l10n.t;
  switch (detail) {
    case 'needs-https':
      return [
        t('a client certificate needs an endpoint with https://'),
        t('Change the endpoint, or remove the client certificate'),
      ];
    case 'ENOENT':
      return [
        isKey
          ? t('there is no such file of the private key')
          : t('there is no such certificate file'),
        t('Choose the file'),
      ];
    case 'binary':
      return [
        isKey
          ? t('the file of the private key is binary, such as .pfx, and not PEM')
          : t('the file of the certificate is binary, such as .pfx, and not PEM'),
        t('Convert it, for example with “openssl pkcs12 -in client.pfx -out client.pem”'),
      ];
    case 'no-certificate':
      return [t('the file holds no certificate'), t('Choose a PEM file with “BEGIN CERTIFICATE”')];
    case 'no-key':
      return [
        t('the file holds no private key'),
        t('Choose a PEM file with “BEGIN PRIVATE KEY” or “BEGIN ENCRYPTED PRIVATE KEY”'),
      ];
    case 'key-mismatch':
      return [
        t('the private key does not belong to the client certificate'),
        t('Choose the key that was made together with the certificate'),
      ];
    default:
      return [
        isKey
          ? t('the file of the private key cannot be used: {0}', detail)
          : t('the file of the certificate cannot be used: {0}', detail),
        t('Choose a PEM file that you can read'),
      ];
  }
}

/** Explains why a server ended the handshake, or responded as nginx does. */
function explainRefusal({ host = '', detail }: KafkaError): Explanation<NextStep> {
  const t = vscode.l10n.t;
  const next: readonly NextStep[] = [{ field: 'signIn.certificateFile' }, 'tryAgain'];
  if (/CERTIFICATE_REQUIRED|No required SSL certificate/.test(detail)) {
    return {
      reason: t('a client certificate is required by {0}', host),
      advice: t('Choose the file of the certificate, or check who issued it'),
      next,
    };
  }
  if (detail.includes('REVOKED')) {
    return {
      reason: t('the client certificate has been revoked, says {0}', host),
      advice: t('Get a new certificate from whoever issued it'),
      next,
    };
  }
  if (detail.includes('EXPIRED')) {
    return {
      reason: t('the client certificate has expired, says {0}', host),
      advice: t('Get a new certificate, or check the clock of this computer'),
      next,
    };
  }
  return {
    reason: t('the client certificate is not accepted by {0}', host),
    advice: t('It may be revoked, expired or of another issuer; choose one that is accepted'),
    next,
  };
}
