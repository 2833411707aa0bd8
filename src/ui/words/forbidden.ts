import * as vscode from 'vscode';
import type { KafkaError } from '../../core/errors';
import type { Explanation } from '../base/explanation';

/** Explains a refusal by the security group of the cluster. */
export function onlyForGroup({ signIn }: KafkaError, group: string): Explanation<never> {
  const t = vscode.l10n.t;
  const isPerson = signIn === 'account' || signIn === 'azureCli';
  return {
    reason: t('only members of the group {0} may use the cluster', group),
    advice: isPerson
      ? t('Ask an owner of the group {0} to add you', group)
      : t('Ask an owner of the group {0} to add the application', group),
  };
}
