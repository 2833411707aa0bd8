import * as vscode from 'vscode';
import type { ApplicationField } from '../../../auth/entra/application';
import type { KafkaError, KafkaErrorKind } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import { clause } from '../sentences';
import type { FieldWords } from '../kindWords';
import { authorityWords, clientWords, explainEntra, scopeWords, tenantWords } from './entra';

/** Returns the words for the fields of an application of Microsoft Entra ID. */
export function applicationFieldWords(): Readonly<Record<ApplicationField, FieldWords>> {
  const t = vscode.l10n.t;
  return {
    tenantId: tenantWords(
      t('The Microsoft Entra tenant of the app registration: its ID or a domain name'),
    ),
    clientId: clientWords(t('The Application (client) ID of the app registration')),
    authority: authorityWords(),
    scope: scopeWords(),
  };
}

/** Explains why Microsoft Entra ID, or a REST proxy that takes its tokens, refused a request. */
export function explainApplication(error: KafkaError): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  const { kind, host = '', detail, dialect } = error;
  const explanations: Readonly<Partial<Record<KafkaErrorKind, Explanation<NextStep>>>> = {
    'consent-missing': {
      reason: t('consent is missing: the application may not use this scope'),
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
    ...(dialect === undefined && {
      protocol: {
        reason: t('this is not the response of Microsoft Entra ID: {0} ({1})', host, detail),
        advice: t(
          'Check the authority of the cluster, and whether a network wants a sign-in first',
        ),
        next: [{ field: 'signIn.authority' }, 'tryAgain'],
      },
    }),
    forbidden: {
      reason: t('the application may not use this cluster'),
      advice: t(
        'Add the application to the security group that was named when the cluster was created',
      ),
      next: [{ guide: 'make-the-security-group' }, 'tryAgain'],
    },
  };
  return explanations[kind] ?? explainEntra(error);
}
