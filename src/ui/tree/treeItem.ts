import * as vscode from 'vscode';
import type { ClusterDefinition } from '../../core/cluster/definition';
import { oneLine } from '../../core/text/visible';
import { type Asked, inabilityOf } from '../../core/cluster/abilities';
import { secretNames } from '../clusters/secrets';
import { type ClusterMark, markColor, marksOf, wordsOf } from '../words/clusterMarks';
import type { Need } from './nodes/menu';
import type { NodeItem, TreeNode } from './nodes/treeNode';

/** The cluster of a node, and what its REST proxy can do. */
interface NodeCluster extends Asked {
  readonly definition: ClusterDefinition;
}

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

/**
 * Returns the item that VS Code shows for a node, given its cluster if it belongs to one.
 * `contextValue` names the kind of the node and the commands in its menu.
 */
export function toTreeItem(node: TreeNode, cluster?: NodeCluster): vscode.TreeItem {
  const definition = cluster?.definition;
  const look = node.item(definition);
  const { label, icon, description, tooltip, spoken, command, resourceUri } = look;
  const item = new vscode.TreeItem(oneLine(label), stateOf(node, look));
  item.id = node.id;
  const words = node.menu.words((need) => !cluster || meets(cluster, need));
  item.contextValue = words ? `${node.kind} ${words}` : node.kind;
  item.iconPath = typeof icon === 'string' ? new vscode.ThemeIcon(icon) : icon;
  if (description) item.description = oneLine(description);
  if (tooltip !== undefined) item.tooltip = oneLine(tooltip);
  if (spoken !== undefined) item.accessibilityInformation = { label: oneLine(spoken) };
  if (command) item.command = command;
  if (resourceUri) item.resourceUri = resourceUri;
  const marks = definition ? marksOf(definition) : [];
  if (definition && marks.length > 0) mark(item, node, definition, marks);
  return item;
}

function meets(cluster: NodeCluster, need: Need): boolean {
  return need === 'secret'
    ? secretNames(cluster.definition).length > 0
    : !inabilityOf(cluster, need);
}

function stateOf(node: TreeNode, { expanded = false }: NodeItem): vscode.TreeItemCollapsibleState {
  if (!node.children) return None;
  return expanded ? Expanded : Collapsed;
}

/** Marks an item of a cluster that needs care, with a colour and in words. */
function mark(
  item: vscode.TreeItem,
  node: TreeNode,
  { name }: ClusterDefinition,
  marks: readonly ClusterMark[],
): void {
  if (item.iconPath instanceof vscode.ThemeIcon && !item.iconPath.color) {
    item.iconPath = new vscode.ThemeIcon(item.iconPath.id, markColor);
  }
  const words = node.parent === undefined ? wordsOf(marks) : `${name}: ${wordsOf(marks)}`;
  const label = item.accessibilityInformation?.label ?? node.name;
  item.accessibilityInformation = { label: oneLine(`${label}, ${words}`) };
}
