import * as vscode from 'vscode';
import type { KafkaError, KafkaErrorKind } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import { explainEntra } from './entra';

/** Explains why a person's sign-in with Microsoft Entra ID, or their token, was refused. */
export function explainPerson(error: KafkaError): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  const { kind, host = '' } = error;
  const explanations: Readonly<Partial<Record<KafkaErrorKind, Explanation<NextStep>>>> = {
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
  return explanations[kind] ?? explainEntra(error);
}
