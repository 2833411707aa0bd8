import * as vscode from 'vscode';
import type { bearerToken } from '../../../auth/methods/bearerToken';
import type { KafkaError, KafkaErrorKind } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import { dateWords } from '../dateWords';
import type { SignInWords } from './signInWords';

export function bearerTokenWords(): SignInWords<never, keyof typeof bearerToken.secrets> {
  const t = vscode.l10n.t;
  return {
    label: t('Bearer token'),
    detail: t('A token that you paste: to look at something once, because it is not renewed'),
    fields: {},
    secrets: {
      token: {
        label: t('Token'),
        prompt: t(
          'The token, with or without the word Bearer. It is kept in VS Code’s secret storage',
        ),
        title: (cluster) => t('Token of {0}', cluster),
        question: (sentTo) =>
          t('The token. It is sent to {0}, and kept in VS Code’s secret storage.', sentTo),
      },
    },
    explain: explainToken,
  };
}

function explainToken({ kind, host = '', detail }: KafkaError): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  const explanations: Readonly<Partial<Record<KafkaErrorKind, () => Explanation<NextStep>>>> = {
    'secret-missing': () => ({
      reason: t('the token is not stored here'),
      advice: t('Enter it'),
      next: ['enterSecret'],
    }),
    'credential-expired': () => {
      const date = Date.parse(detail);
      return date > Date.now()
        ? {
            reason: t('the token is not valid before {0}', dateWords(date)),
            advice: t('Check the clock of this computer, or enter another token'),
            next: ['tryAgain', 'enterSecret'],
          }
        : {
            reason: t('the token has expired: it was valid until {0}', dateWords(date)),
            advice: t('Enter a new one; if it is new, check the clock of this computer'),
            next: ['enterSecret', 'tryAgain'],
          };
    },
    unauthorized: () => ({
      reason: t('the token is not accepted by {0}', host),
      advice: t('It may be revoked, or for something else. Enter a new one'),
      next: ['enterSecret', 'tryAgain'],
    }),
  };
  return explanations[kind]?.();
}
