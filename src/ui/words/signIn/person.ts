import * as vscode from 'vscode';
import type { KafkaError, KafkaErrorKind } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';

/** Explains why a person's sign-in with Microsoft Entra ID, or their token, was refused. */
export function explainPerson({ kind, host = '' }: KafkaError): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  const explanations: Readonly<Partial<Record<KafkaErrorKind, Explanation<NextStep>>>> = {
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
    unauthorized: {
      reason: t('your token is not accepted by {0}', host),
      advice: t(
        'Check the scope and the tenant of the cluster; if both are right, the REST proxy may accept applications only',
      ),
      next: ['signIn', { field: 'signIn.scope' }, { field: 'signIn' }, 'tryAgain'],
    },
    forbidden: {
      reason: t('you may not use this cluster'),
      advice: t(
        'Have yourself added to the security group that was named when the cluster was created',
      ),
      next: [{ guide: 'make-the-security-group' }, 'tryAgain', 'signIn'],
    },
  };
  return explanations[kind];
}
