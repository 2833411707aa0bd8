import * as vscode from 'vscode';
import type { clientSecret } from '../../../auth/methods/clientSecret';
import type { KafkaError, KafkaErrorKind } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import { applicationFieldWords, explainApplication } from './application';
import type { SignInWords } from './signInWords';

export function clientSecretWords(): SignInWords<
  keyof typeof clientSecret.fields,
  keyof typeof clientSecret.secrets
> {
  const t = vscode.l10n.t;
  return {
    label: t('Microsoft Entra ID: client secret'),
    detail: t('An app registration with a secret: the usual way for HDInsight'),
    fields: applicationFieldWords(),
    secrets: {
      clientSecret: {
        label: t('Client secret'),
        prompt: t('The client secret’s value. It is kept in VS Code’s secret storage'),
        title: (cluster) => t('Client Secret of {0}', cluster),
        question: (sentTo, opens) =>
          t(
            'The secret’s value. It is sent to {0}, to sign in for {1}, and kept in VS Code’s secret storage.',
            sentTo,
            opens,
          ),
      },
    },
    explain: (error) => explainSecret(error) ?? explainApplication(error),
  };
}

function explainSecret({ kind }: KafkaError): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  const explanations: Readonly<Partial<Record<KafkaErrorKind, Explanation<NextStep>>>> = {
    'secret-missing': {
      reason: t('the client secret is not stored here'),
      advice: t('Enter it'),
      next: ['enterSecret'],
    },
    'secret-wrong': {
      reason: t('the client secret is not accepted by Microsoft Entra ID'),
      advice: t('Enter the secret’s value, not its ID, from the app registration'),
      next: ['enterSecret', 'tryAgain', { guide: 'give-it-a-secret' }],
    },
    'secret-expired': {
      reason: t('the client secret has expired'),
      advice: t('Create a new one in the app registration, under “Certificates & secrets”'),
      next: ['enterSecret', { guide: 'give-it-a-secret' }],
    },
  };
  return explanations[kind];
}
