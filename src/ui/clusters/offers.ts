import * as vscode from 'vscode';
import { notify } from '../dialogs/notify';
import { runs } from '../words/remedies';
import type { Agreements } from './agreements';
import type { ClusterStore } from './clusters';

/**
 * Tells the person of clusters that the workspace defines and nobody has agreed to use: of each
 * definition once, now or when it appears.
 */
export function offerClusters(clusters: ClusterStore, agreements: Agreements): vscode.Disposable {
  const offer = async () => {
    const offered = clusters.offered().map(({ asWritten }) => asWritten);
    const [first, ...others] = await agreements.newOf(offered);
    if (!first) return;
    const t = vscode.l10n.t;
    const { name, endpoint } = first;
    const text =
      others.length > 0
        ? t(
            'This workspace defines {0} clusters. Nothing is sent to them before you agree to use them.',
            others.length + 1,
          )
        : t(
            'This workspace defines the cluster {0} at {1}. Nothing is sent to it before you agree to use it.',
            name,
            new URL(endpoint).host,
          );
    const use =
      others.length > 0
        ? runs(t('Choose a Cluster...'), 'useCluster')
        : runs(t('Use This Cluster...'), 'useCluster', { cluster: name });
    await notify('information', text, [use]);
  };
  void offer();
  return clusters.onDidChange((name) => {
    if (name === undefined) void offer();
  });
}
