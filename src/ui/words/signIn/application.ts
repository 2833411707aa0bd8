import * as vscode from 'vscode';
import type { ApplicationField } from '../../../auth/entra/application';
import { DEFAULT_AUTHORITY, DEFAULT_SCOPE } from '../../../auth/entra/fields';
import type { KafkaError, KafkaErrorKind } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import { clause } from '../clause';
import type { FieldWords } from '../kindWords';

/** Returns the words for the fields of an application of Microsoft Entra ID. */
export function applicationFieldWords(): Readonly<Record<ApplicationField, FieldWords>> {
  const t = vscode.l10n.t;
  return {
    tenantId: {
      label: t('Tenant ID'),
      prompt: t('The Microsoft Entra tenant of the app registration: its ID or a domain name'),
      placeholder: '00000000-0000-0000-0000-000000000000',
    },
    clientId: {
      label: t('Client ID'),
      prompt: t('The Application (client) ID of the app registration'),
      placeholder: '00000000-0000-0000-0000-000000000000',
    },
    authority: {
      label: t('Authority'),
      prompt: t('The sign-in service, without the tenant. Sovereign clouds have their own'),
      placeholder: DEFAULT_AUTHORITY,
    },
    scope: {
      label: t('Scope'),
      prompt: t(
        'The scope of the token: the Application ID URI of the REST proxy with /.default. Empty: that of Azure HDInsight',
      ),
      placeholder: DEFAULT_SCOPE,
    },
  };
}

/** Explains why Microsoft Entra ID, or a REST proxy that takes its tokens, refused a request. */
export function explainApplication({
  kind,
  host = '',
  detail,
}: KafkaError): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  const explanations: Readonly<Partial<Record<KafkaErrorKind, Explanation<NextStep>>>> = {
    'client-unknown': {
      reason: t('Microsoft Entra ID does not know this client ID in this tenant'),
      advice: t('Compare both with the overview page of the app registration'),
      next: [{ field: 'signIn.clientId' }, 'tryAgain', { guide: 'register-the-application' }],
    },
    'tenant-unknown': {
      reason: t('Microsoft Entra ID does not know this tenant'),
      advice: t('Compare it with the overview page of Microsoft Entra ID'),
      next: [{ field: 'signIn.tenantId' }, 'tryAgain', { guide: 'register-the-application' }],
    },
    'scope-unknown': {
      reason: t('Microsoft Entra ID does not know the scope'),
      advice: t(
        'Azure HDInsight has the default scope unless your cloud has its own; for other REST proxies, take their Application ID URI with /.default',
      ),
      next: [{ field: 'signIn.scope' }, 'tryAgain', { guide: 'other-clouds' }],
    },
    'consent-missing': {
      reason: t('nobody has agreed yet that the application may use this scope'),
      advice: t('Ask an administrator of the tenant for admin consent'),
      next: ['tryAgain', { field: 'signIn.scope' }, { guide: 'if-it-does-not-work' }],
    },
    'interaction-required': {
      reason: t('a Conditional Access policy blocks the application: {0}', clause(detail)),
      advice: t('Ask the administrator of the tenant'),
      next: ['tryAgain', { guide: 'if-it-does-not-work' }],
    },
    'clock-off': {
      reason: t('Microsoft Entra ID finds the clock of this computer wrong'),
      advice: t('Set the clock, and try again'),
      next: ['tryAgain'],
    },
    'sign-in-failed': {
      reason: t('Microsoft Entra ID refused the sign-in: {0}', clause(detail)),
      advice: t('Follow its advice, or ask the administrator of the tenant'),
      next: ['tryAgain', 'editCluster', { guide: 'if-it-does-not-work' }],
    },
    unauthorized: {
      reason: t('the token is not accepted by {0}', host),
      advice: t('Check the scope and the tenant of the cluster'),
      next: [{ field: 'signIn.scope' }, 'tryAgain', { guide: 'if-it-does-not-work' }],
    },
    forbidden: {
      reason: t('the application may not use this cluster'),
      advice: t(
        'Add the application to the security group that was named when the cluster was created',
      ),
      next: [{ guide: 'make-the-security-group' }, 'tryAgain'],
    },
  };
  return explanations[kind];
}
