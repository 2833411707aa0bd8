import * as vscode from 'vscode';
import type { clientCertificate } from '../../../auth/methods/clientCertificate';
import type { KafkaError } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import { clause } from '../sentences';
import { applicationFieldWords, explainApplication } from './application';
import { explainCertificate, passphraseWords } from './certificate';
import type { SignInWords } from './signInWords';

export function clientCertificateWords(): SignInWords<
  keyof typeof clientCertificate.fields,
  keyof typeof clientCertificate.secrets
> {
  const t = vscode.l10n.t;
  return {
    label: t('Microsoft Entra ID: certificate'),
    detail: t('An app registration with a certificate: where secrets are not allowed'),
    fields: {
      ...applicationFieldWords(),
      certFile: {
        label: t('Certificate file'),
        prompt: t('The PEM file with the certificate of the app registration, and perhaps its key'),
      },
      certKeyFile: {
        label: t('Private key file'),
        prompt: t('The PEM file with the private key. Empty: it is pasted, or in the same file'),
      },
    },
    secrets: {
      certKey: {
        label: t('Private key (pasted)'),
        prompt: t('The private key as PEM, if it is in no file. VS Code’s secret storage keeps it'),
        title: (cluster) => t('Private Key of {0}', cluster),
        question: () =>
          t(
            'The private key as PEM, if it is in no file. It is sent nowhere, and kept in VS Code’s secret storage.',
          ),
      },
      certPassphrase: passphraseWords(),
    },
    explain: (error) => explainFiles(error) ?? explainHere(error) ?? explainApplication(error),
  };
}

function explainFiles(error: KafkaError): Explanation<NextStep> | undefined {
  return explainCertificate(error, {
    certificateFile: 'certFile',
    keyFile: 'certKeyFile',
    pastedKey: 'certKey',
    passphrase: 'certPassphrase',
  });
}

/** Explains what Microsoft Entra ID says about a certificate. */
function explainHere({ kind, detail }: KafkaError): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  if (kind === 'credential-expired') {
    return {
      reason: t('the client certificate has expired, says Microsoft Entra ID'),
      advice: t('Get a new certificate, or check the clock of this computer'),
      next: [{ field: 'signIn.certFile' }, 'tryAgain', { guide: 'give-it-a-certificate' }],
    };
  }
  if (kind !== 'credential-unusable') return undefined;
  if (detail.startsWith('AADSTS700027')) {
    return {
      reason: t('the certificate is not registered for this application'),
      advice: t('Upload it in the app registration, or choose the one that is registered there'),
      next: [{ field: 'signIn.certFile' }, 'tryAgain', { guide: 'give-it-a-certificate' }],
    };
  }
  return {
    reason: t('the certificate is not accepted by Microsoft Entra ID: {0}', clause(detail)),
    advice: t('Upload a new certificate in the app registration, and choose its file'),
    next: [{ field: 'signIn.certFile' }, 'tryAgain', { guide: 'give-it-a-certificate' }],
  };
}
