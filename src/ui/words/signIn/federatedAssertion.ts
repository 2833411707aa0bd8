import * as vscode from 'vscode';
import type { federatedAssertion } from '../../../auth/methods/federatedAssertion';
import type { KafkaError } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import { clause } from '../sentences';
import { dateWords } from '../dateWords';
import { applicationFieldWords, explainApplication } from './application';
import { fileProblem } from './fileProblem';
import type { SignInWords } from './signInWords';

/** The variable by which Kubernetes tells a workload where its token is. */
const VARIABLE = 'AZURE_FEDERATED_TOKEN_FILE';

export function federatedAssertionWords(): SignInWords<
  keyof typeof federatedAssertion.fields,
  never
> {
  const t = vscode.l10n.t;
  const usual = process.env[VARIABLE];
  return {
    label: t('Microsoft Entra ID: workload identity'),
    detail: t('An app registration with a token from a file, as in Kubernetes and CI'),
    fields: {
      ...applicationFieldWords(),
      assertionFile: {
        label: t('Token file'),
        prompt: usual
          ? t(
              'The file with the token of the workload identity. AZURE_FEDERATED_TOKEN_FILE names it here: {0}',
              usual,
            )
          : t(
              'The file with the token of the workload identity, which another program keeps up to date',
            ),
        ...(usual && { placeholder: usual }),
      },
    },
    secrets: {},
    explain: (error) => explainAssertion(error) ?? explainApplication(error),
  };
}

function explainAssertion({ kind, detail, field }: KafkaError): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  const next: readonly NextStep[] = [{ field: 'signIn.assertionFile' }, 'tryAgain'];
  if (kind === 'credential-expired') {
    const date = Date.parse(detail);
    return {
      reason:
        date > Date.now()
          ? t('the token in the file is not valid before {0}', dateWords(date))
          : t('the token in the file expired on {0}', dateWords(date)),
      advice: t('Check the program that keeps it up to date, and the clock of this computer'),
      next,
    };
  }
  if (kind !== 'credential-unusable') return undefined;
  if (field === undefined) {
    return {
      reason: t('the application has no federated credential for this token: {0}', clause(detail)),
      advice: t('Add one in the app registration, with the issuer and subject of the token'),
      next: ['tryAgain', ...next.slice(0, 1), { guide: 'sign-in-without-a-secret' }],
    };
  }
  if (detail === 'not-a-jwt') {
    return {
      reason: t('the token file holds no JSON Web Token'),
      advice: t('Choose the file that the provider of the workload identity writes'),
      next,
    };
  }
  return {
    reason:
      detail === 'ENOENT'
        ? t('there is no such token file')
        : t('the token file cannot be used: {0}', fileProblem(detail)),
    advice: t('Choose a file that you can read'),
    next,
  };
}
