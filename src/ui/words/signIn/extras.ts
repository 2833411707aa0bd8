import * as vscode from 'vscode';
import { type ExtraField, headerOfSecret, PASSPHRASE } from '../../../auth/methods/extras';
import type { KafkaError, KafkaErrorKind } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import type { FieldWords } from '../kindWords';
import { explainCertificate, passphraseWords } from './certificate';
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
  if (name === PASSPHRASE) return passphraseWords();
  const header = headerOfSecret(name);
  if (header === undefined) return undefined;
  const t = vscode.l10n.t;
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
  if (error.detail === 'needs-https') return explainHttp();
  return explainCertificate(error, {
    certificateFile: 'certificateFile',
    keyFile: 'keyFile',
    passphrase: PASSPHRASE,
  });
}

function explainHttp(): Explanation<NextStep> {
  const t = vscode.l10n.t;
  return {
    reason: t('a client certificate needs an endpoint with https://'),
    advice: t('Change the endpoint, or remove the client certificate'),
    next: [{ field: 'endpoint' }, { field: 'signIn.certificateFile' }, 'tryAgain'],
  };
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
