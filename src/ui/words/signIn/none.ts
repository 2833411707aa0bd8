import * as vscode from 'vscode';
import type { SignInWords } from './signInWords';

export function noneWords(): SignInWords<never, never> {
  const t = vscode.l10n.t;
  return {
    label: t('No sign-in'),
    detail: t('For a REST proxy or registry that everyone in its network may use'),
    fields: {},
    secrets: {},
    explain: ({ kind, host = '' }) =>
      kind === 'unauthorized'
        ? {
            reason: t('a sign-in is required by {0}, and the cluster is defined without one', host),
            advice: t('Edit the cluster and choose how to sign in'),
            next: [{ field: 'signIn' }, 'tryAgain'],
          }
        : undefined,
  };
}
