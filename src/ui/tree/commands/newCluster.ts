import type * as vscode from 'vscode';
import type { ClusterStore } from '../../clusters/clusters';
import type { ClusterTree } from '../clusterTree';
import type { TreeNode } from '../nodes/treeNode';

/** Runs a task that may add a cluster, and then shows the new one in the tree, expanded. */
export async function openingNew(
  clusters: Pick<ClusterStore, 'list'>,
  tree: Pick<ClusterTree, 'getChildren'>,
  view: Pick<vscode.TreeView<TreeNode>, 'reveal'>,
  task: () => Promise<void>,
): Promise<void> {
  const names = () => clusters.list().map(({ definition }) => definition.name);
  const before = new Set(names());
  await task();
  const added = names().find((name) => !before.has(name));
  if (added === undefined) return;
  const node = (await tree.getChildren()).find(({ cluster }) => cluster === added);
  if (node) await view.reveal(node, { expand: true, focus: true, select: true });
}
