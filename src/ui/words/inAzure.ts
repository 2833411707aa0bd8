import * as vscode from 'vscode';
import type { AzureOrigin } from '../../core/azureOrigin';
import type { KafkaError } from '../../core/errors';
import type { Explanation, NextStep } from '../base/explanation';

/** Returns what Azure adds to the explanation of a failure of a cluster that was found there. */
export function inAzure(
  { kind, signIn }: KafkaError,
  { group }: AzureOrigin,
): Partial<Explanation<NextStep>> {
  const t = vscode.l10n.t;
  if (kind !== 'forbidden') {
    return {
      advice: t('Check in Azure whether it runs; you may also have to join a VPN first'),
      next: ['checkInAzure', 'tryAgain', 'editCluster'],
    };
  }
  if (group === undefined) return {};
  const isPerson = signIn === 'account' || signIn === 'azureCli';
  return {
    reason: t('only members of the group {0} may use the cluster', group),
    advice: isPerson
      ? t('Ask an owner of the group {0} to add you', group)
      : t('Ask an owner of the group {0} to add the application', group),
  };
}
