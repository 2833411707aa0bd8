import * as vscode from 'vscode';
import { hiddenTopics } from '../../base/topicFilter';
import type { ClusterTree } from '../clusterTree';
import { selectTopics } from '../selectTopics';

/**
 * Asks for a filter, and filters the topics of all clusters while the person types. Enter keeps
 * the filter, and an empty one shows all topics. Escape restores the one before.
 */
export async function askFilter(
  tree: ClusterTree,
  view: Pick<vscode.TreeView<unknown>, 'visible'>,
): Promise<void> {
  const t = vscode.l10n.t;
  const before = tree.filter;
  if (!view.visible) await vscode.commands.executeCommand('kafkaRest.clusters.focus');
  const typed = await vscode.window.showInputBox({
    title: t('Filter Topics'),
    prompt: t('Part of the name, or a glob such as orders-*. Empty: all topics'),
    value: before,
    // A look at what the filter has found takes the focus away.
    ignoreFocusOut: true,
    validateInput: (text) => {
      tree.filter = text.trim();
      const message = matchesInWords(tree);
      return message === undefined
        ? undefined
        : { message, severity: vscode.InputBoxValidationSeverity.Info };
    },
  });
  tree.filter = typed === undefined ? before : typed.trim();
}

/** Says how many topics match, among those that were listed. */
function matchesInWords(tree: ClusterTree): string | undefined {
  const { filter, showsHidden } = tree;
  const known = tree.knownTopics();
  if (filter === '' || known.length === 0) return undefined;
  const hides = hiddenTopics();
  const found = known.map(({ cluster, names }) =>
    selectTopics(names, { filter, showsHidden, hides, pinned: tree.pins.of(cluster) }),
  );
  const shown = found.reduce((sum, each) => sum + each.shown.length, 0);
  const visible = found.reduce((sum, each) => sum + each.visible, 0);
  return visible === 1
    ? vscode.l10n.t('{0} of 1 topic matches', shown)
    : vscode.l10n.t('{0} of {1} topics match', shown, visible);
}
