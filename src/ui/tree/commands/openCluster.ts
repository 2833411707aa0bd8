import type * as vscode from 'vscode';
import type { ClusterTree } from '../clusterTree';
import type { TreeNode } from '../nodes/treeNode';

/** Shows a cluster in the tree, expanded and with the focus. Does nothing if it is not there. */
export async function openCluster(
  cluster: string,
  tree: Pick<ClusterTree, 'getChildren'>,
  view: Pick<vscode.TreeView<TreeNode>, 'reveal'>,
): Promise<void> {
  const node = (await tree.getChildren()).find((each) => each.cluster === cluster);
  if (node) await view.reveal(node, { expand: true, focus: true, select: true });
}
