import type * as vscode from 'vscode';
import type { TreeNode } from './treeNode';

/**
 * Returns the command of a node whose messages open on a double click. VS Code runs it on every
 * click and on Enter; the command tells these apart.
 */
export function openOnDoubleClick(node: TreeNode): vscode.Command {
  return { command: 'kafkaRest.clickNode', title: '', arguments: [node] };
}
