import * as vscode from 'vscode';
import { DEFAULT_AUTHORITY, DEFAULT_SCOPE } from '../../../auth/entra/fields';
import type { KafkaError, KafkaErrorKind } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import type { FieldWords } from '../kindWords';

/** What all ways to sign in to Microsoft Entra ID have in common. */

export const SOME_GUID = '00000000-0000-0000-0000-000000000000';

/** Returns the words for the tenant, with a question that depends on who signs in. */
export function tenantWords(prompt: string): FieldWords {
  return { label: vscode.l10n.t('Tenant ID'), prompt, placeholder: SOME_GUID };
}

/** Returns the words for the application, with a question that depends on who signs in. */
export function clientWords(prompt: string): FieldWords {
  return { label: vscode.l10n.t('Client ID'), prompt, placeholder: SOME_GUID };
}

export function authorityWords(): FieldWords {
  const t = vscode.l10n.t;
  return {
    label: t('Authority'),
    prompt: t('The sign-in service, without the tenant. Sovereign clouds have their own'),
    placeholder: DEFAULT_AUTHORITY,
  };
}

export function scopeWords(): FieldWords {
  const t = vscode.l10n.t;
  return {
    label: t('Scope'),
    prompt: t(
      'The scope of the token: the Application ID URI of the REST proxy with /.default. Empty: that of Azure HDInsight',
    ),
    placeholder: DEFAULT_SCOPE,
  };
}

/**
 * Explains why Microsoft Entra ID, or a REST proxy that takes its tokens, refused a request, where
 * that means the same for everybody.
 */
export function explainEntra({ kind, host = '' }: KafkaError): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  const explanations: Readonly<Partial<Record<KafkaErrorKind, Explanation<NextStep>>>> = {
    'client-unknown': {
      reason: t('this client ID is unknown in this tenant of Microsoft Entra ID'),
      advice: t('Compare both with the overview page of the app registration'),
      next: [{ field: 'signIn.clientId' }, 'tryAgain', { guide: 'register-the-application' }],
    },
    'tenant-unknown': {
      reason: t('this tenant is unknown to Microsoft Entra ID'),
      advice: t('Compare it with the overview page of Microsoft Entra ID'),
      next: [{ field: 'signIn.tenantId' }, 'tryAgain', { guide: 'register-the-application' }],
    },
    'scope-unknown': {
      reason: t('the scope is unknown to Microsoft Entra ID'),
      advice: t(
        'Azure HDInsight has the default scope unless your cloud has its own; for other REST proxies, take their Application ID URI with /.default',
      ),
      next: [{ field: 'signIn.scope' }, 'tryAgain', { guide: 'other-clouds' }],
    },
    unauthorized: {
      reason: t('the token is not accepted by {0}', host),
      advice: t('Check the scope and the tenant of the cluster'),
      next: [{ field: 'signIn.scope' }, 'tryAgain', { guide: 'if-it-does-not-work' }],
    },
  };
  return explanations[kind];
}
