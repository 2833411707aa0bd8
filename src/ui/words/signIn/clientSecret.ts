import * as vscode from 'vscode';
import type { clientSecret } from '../../../auth/methods/clientSecret';
import { DEFAULT_AUTHORITY, DEFAULT_SCOPE } from '../../../auth/entra/fields';
import type { KafkaError, KafkaErrorKind } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import { clause } from '../clause';
import type { SignInWords } from './signInWords';

export function clientSecretWords(): SignInWords<
  keyof typeof clientSecret.fields,
  keyof typeof clientSecret.secrets
> {
  const t = vscode.l10n.t;
  return {
    label: t('Microsoft Entra ID: client secret'),
    detail: t('An app registration signs in, as Azure HDInsight requires it'),
    fields: {
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
    },
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
    explain: explainEntra,
  };
}

/** Explains why Microsoft Entra ID, or a REST proxy that takes its tokens, refused a request. */
function explainEntra({ kind, host = '', detail }: KafkaError): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  const explanations: Readonly<Partial<Record<KafkaErrorKind, Explanation<NextStep>>>> = {
    'secret-missing': {
      reason: t('the client secret of this cluster is not stored here'),
      advice: t('Enter it'),
      next: ['enterSecret'],
    },
    'secret-wrong': {
      reason: t('Microsoft Entra ID does not accept the client secret'),
      advice: t('Enter the secret’s value, not its ID, from the app registration'),
      next: ['enterSecret', 'tryAgain', { guide: 'give-it-a-secret' }],
    },
    'secret-expired': {
      reason: t('the client secret has expired'),
      advice: t('Create a new one in the app registration, under “Certificates & secrets”'),
      next: ['enterSecret', { guide: 'give-it-a-secret' }],
    },
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
