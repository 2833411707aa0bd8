import * as vscode from 'vscode';
import type { mutualTls } from '../../../auth/methods/mutualTls';
import type { SignInWords } from './signInWords';

export function mutualTlsWords(): SignInWords<keyof typeof mutualTls.fields, never> {
  const t = vscode.l10n.t;
  return {
    label: t('Client certificate (mutual TLS)'),
    detail: t(
      'A certificate and its private key, as files: where the server asks for nothing else',
    ),
    fields: {
      certificateFile: {
        label: t('Client certificate'),
        prompt: t('The PEM file with the certificate by which you identify yourself'),
      },
      keyFile: {
        label: t('Private key'),
        prompt: t('The PEM file with its private key. It may be the same file'),
      },
    },
    secrets: {},
    explain: ({ kind, host = '' }) =>
      kind === 'unauthorized'
        ? {
            reason: t('the client certificate alone does not sign you in to {0}', host),
            advice: t('Choose how to sign in besides; the client certificate stays'),
            next: [{ field: 'signIn' }, 'tryAgain'],
          }
        : undefined,
  };
}
