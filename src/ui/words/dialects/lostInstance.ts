import * as vscode from 'vscode';
import type { KafkaError } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import { clause } from '../sentences';

/** How the proxies that have consumer instances say that they do not know one. */
const LOST = /consumer instance|^consumer for \(/i;

/** Returns the words for a failure because a proxy no longer knows a consumer instance. */
export function explainLostInstance({
  kind,
  detail,
}: KafkaError): Explanation<NextStep> | undefined {
  if (kind !== 'not-found' || !LOST.test(detail)) return undefined;
  const t = vscode.l10n.t;
  // Karapace goes on with the list of all instances that it does know.
  const said = clause(detail.replace(/ among \[.*/s, ''));
  return {
    reason: t('the REST proxy lost its consumer instance ({0})', said),
    advice: t('A load balancer in front of it must send all calls of one client to one proxy'),
    next: ['tryAgain'],
  };
}
