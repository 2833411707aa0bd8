import * as vscode from 'vscode';
import type { account } from '../../../auth/methods/account';
import type { KafkaError, KafkaErrorKind } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import { clause } from '../sentences';
import { authorityWords, clientWords, scopeWords, tenantWords } from './entra';
import { explainPerson } from './person';
import type { SignInWords } from './signInWords';

/** The setting that decides which sovereign cloud VS Code signs in to. */
const CLOUD_SETTING = 'microsoft-sovereign-cloud.environment';

export function accountWords(): SignInWords<keyof typeof account.fields, never> {
  const t = vscode.l10n.t;
  return {
    label: t('Microsoft Entra ID: VS Code account'),
    detail: t('As yourself, no secret. Experimental: Microsoft documents it for applications only'),
    fields: {
      tenantId: tenantWords(
        t('The Microsoft Entra tenant: its ID or a domain name. Empty: that of the account'),
      ),
      clientId: clientWords(
        t(
          'An app registration of yours that may use the REST proxy as a person does. Empty: VS Code’s own, which may not everywhere',
        ),
      ),
      authority: authorityWords(),
      scope: scopeWords(),
    },
    secrets: {},
    explain: explainAccount,
  };
}

function explainAccount(error: KafkaError): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  const { kind, host = '', detail } = error;
  const explanations: Readonly<Partial<Record<KafkaErrorKind, Explanation<NextStep>>>> = {
    'signed-out': {
      reason: t('you are not signed in with VS Code’s account, or not for this cluster'),
      advice: t('Sign in'),
      next: ['signIn', 'tryAgain'],
    },
    'interaction-required': {
      reason: t('{0} wants you to sign in again', host),
      advice: t('Sign in'),
      next: ['signIn', 'tryAgain'],
    },
    'consent-missing': {
      reason: t('consent is missing: VS Code may not use this scope for you'),
      advice: t(
        'Give the client ID of an app registration with the permission, or ask an administrator of the tenant for consent',
      ),
      next: [{ field: 'signIn.clientId' }, 'signIn', { guide: 'sign-in-as-yourself' }],
    },
    'client-unknown': {
      reason: t('this client ID is unknown in this tenant of Microsoft Entra ID'),
      advice: t('Compare both with the overview page of the app registration'),
      next: [{ field: 'signIn.clientId' }, 'signIn', 'tryAgain'],
    },
    'program-missing':
      detail === ''
        ? {
            reason: t('this VS Code has no sign-in with Microsoft'),
            advice: t('Choose another way to sign in'),
            next: [{ field: 'signIn' }],
          }
        : {
            reason: t('VS Code does not sign in at {0} as it is set up', host),
            advice: t('Set {0} to {1}', CLOUD_SETTING, detail),
            next: [{ setting: CLOUD_SETTING }, { field: 'signIn.authority' }, 'tryAgain'],
          },
    'sign-in-failed': {
      reason: t('VS Code could not sign you in: {0}', clause(detail)),
      advice: t('Follow its advice, or ask the administrator of the tenant'),
      next: ['signIn', 'tryAgain', 'editCluster'],
    },
  };
  return explanations[kind] ?? explainPerson(error);
}
