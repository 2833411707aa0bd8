import * as vscode from 'vscode';
import type { managedIdentity } from '../../../auth/methods/managedIdentity';
import type { KafkaError, KafkaErrorKind } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import { clause } from '../sentences';
import { explainEntra, scopeWords, SOME_GUID } from './entra';
import type { SignInWords } from './signInWords';

export function managedIdentityWords(): SignInWords<keyof typeof managedIdentity.fields, never> {
  const t = vscode.l10n.t;
  return {
    label: t('Microsoft Entra ID: managed identity'),
    detail: t('No secret at all: where this window works on a computer in Azure'),
    fields: {
      identity: {
        label: t('Identity'),
        prompt: t('Which managed identity signs in?'),
        options: {
          system: {
            label: t('That of the computer (system-assigned)'),
            detail: t(
              'Azure makes it with the virtual machine or container, if that is switched on',
            ),
          },
          clientId: {
            label: t('User-assigned, by its client ID'),
            detail: t('The client ID on the overview page of the managed identity'),
          },
          objectId: {
            label: t('User-assigned, by its object ID'),
            detail: t('The object (principal) ID on the overview page of the managed identity'),
          },
          resourceId: {
            label: t('User-assigned, by its resource ID'),
            detail: t('It begins with /subscriptions/ and is on the page “Properties”'),
          },
        },
      },
      identityId: {
        label: t('ID of the identity'),
        prompt: t('The ID of a user-assigned identity, of the kind that “Identity” says'),
        placeholder: SOME_GUID,
      },
      scope: scopeWords(),
    },
    secrets: {},
    explain: explainManagedIdentity,
  };
}

function explainManagedIdentity(error: KafkaError): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  const { kind, detail, field = 'identity' } = error;
  const explanations: Readonly<Partial<Record<KafkaErrorKind, Explanation<NextStep>>>> = {
    'identity-missing':
      detail === ''
        ? {
            reason: t('there is no managed identity here'),
            advice: t(
              'It exists only where VS Code’s extensions run on Azure, such as in a remote window',
            ),
            next: [{ field: 'signIn' }, 'tryAgain', { guide: 'sign-in-without-a-secret' }],
          }
        : {
            reason: t('the managed identity is not assigned here: {0}', clause(detail)),
            advice: t('Assign it to the computer in Azure, or choose another identity'),
            next: [{ field: `signIn.${field}` }, 'tryAgain', { guide: 'sign-in-without-a-secret' }],
          },
    'credential-unusable': {
      reason:
        detail === ''
          ? t('the ID of the managed identity is missing')
          : t('the ID of the managed identity does not fit: {0}', detail),
      advice: t('Enter the ID that belongs to “Identity”, or choose the identity of the computer'),
      next: [{ field: 'signIn.identityId' }, { field: 'signIn.identity' }],
    },
    'sign-in-failed': {
      reason: t('the managed identity got no token: {0}', clause(detail)),
      advice: t('Follow its advice, or ask the administrator of the tenant'),
      next: ['tryAgain', 'editCluster', { guide: 'if-it-does-not-work' }],
    },
    forbidden: {
      reason: t('the managed identity may not use this cluster'),
      advice: t(
        'Add the identity to the security group that was named when the cluster was created',
      ),
      next: [{ guide: 'make-the-security-group' }, 'tryAgain'],
    },
  };
  return explanations[kind] ?? explainEntra(error);
}
