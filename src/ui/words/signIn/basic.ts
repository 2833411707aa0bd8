import * as vscode from 'vscode';
import type { basic } from '../../../auth/methods/basic';
import type { KafkaError, KafkaErrorKind } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import type { SignInWords } from './signInWords';

export function basicWords(): SignInWords<keyof typeof basic.fields, keyof typeof basic.secrets> {
  const t = vscode.l10n.t;
  return {
    label: t('User name and password'),
    detail: t('Or an API key and its secret, as in Confluent Cloud'),
    fields: {
      username: {
        label: t('User name'),
        prompt: t('The user name that the REST proxy or registry knows, or the API key'),
      },
    },
    secrets: {
      password: {
        label: t('Password'),
        prompt: t('The password. It is kept in VS Code’s secret storage'),
        title: (cluster) => t('Password of {0}', cluster),
        question: (sentTo) =>
          t('The password. It is sent to {0}, and kept in VS Code’s secret storage.', sentTo),
      },
    },
    explain: explainBasic,
  };
}

function explainBasic({ kind, host = '' }: KafkaError): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  const explanations: Readonly<Partial<Record<KafkaErrorKind, Explanation<NextStep>>>> = {
    'secret-missing': {
      reason: t('the password is not stored here'),
      advice: t('Enter it'),
      next: ['enterSecret'],
    },
    unauthorized: {
      reason: t('user name and password are not accepted by {0}', host),
      advice: t('Check the user name, or enter the password again'),
      next: ['enterSecret', { field: 'signIn.username' }, 'tryAgain'],
    },
  };
  return explanations[kind];
}
