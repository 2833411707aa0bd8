import * as vscode from 'vscode';
import type { ClusterDefinition } from '../../core/cluster/definition';
import { runs } from '../words/remedies';
import { UserError } from '../words/report';
import { askText } from '../dialogs/questions';
import { back, onlyStep } from '../dialogs/wizard';

/**
 * Asks the person to type the name of a production cluster to agree to `what` is about to happen,
 * such as "Produce 3 messages to orders on contoso".
 */
export async function confirmOnProduction(
  { name, protection }: ClusterDefinition,
  what: string,
): Promise<void> {
  if (protection === 'production')
    await askName(name, vscode.l10n.t('{0} is a production cluster', name), what);
}

/** Throws if the cluster is read-only. */
export function refuseReadOnly({
  name,
  protection,
}: Pick<ClusterDefinition, 'name' | 'protection'>): void {
  if (protection !== 'readOnly') return;
  throw new UserError(
    vscode.l10n.t('{0} is read-only', name),
    vscode.l10n.t('Change its protection with “Kafka REST: Protect Cluster...”'),
    runs(vscode.l10n.t('Change Protection...'), 'protectCluster', { cluster: name }),
  );
}

/**
 * Asks the person to type the name of a cluster. Throws a `CancellationError` if they dismiss it.
 */
export async function askName(cluster: string, title: string, what: string): Promise<void> {
  const context = onlyStep(title);
  const prompt = vscode.l10n.t('{0}. Type {1} to go on.', what, cluster);
  const answer = await askText(context, {
    prompt,
    // VS Code shows this in place of the prompt.
    validate: (text) =>
      text.trim() === cluster
        ? undefined
        : vscode.l10n.t('This is not the name of the cluster. {0}', prompt),
  });
  if (answer === undefined || answer === back) throw new vscode.CancellationError();
}
