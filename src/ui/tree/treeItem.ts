import * as vscode from 'vscode';
import type { ClusterDefinition } from '../../core/cluster/definition';
import { oneLine } from '../../core/text/visible';
import { type Asked, inabilityOf } from '../../core/cluster/abilities';
import { secretNames } from '../clusters/secrets';
import { markColor, marksOf, wordsOf } from '../words/clusterMarks';
import type { Need, Obstacle } from './nodes/menu';
import type { NodeFacts } from './memory/nodeFacts';
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
export function toTreeItem(
  node: TreeNode,
  facts: NodeFacts = {},
  isExpanded?: boolean,
  cluster?: NodeCluster,
): vscode.TreeItem {
  const look = node.item(facts);
  const { label, icon, description, tooltip, command, resourceUri } = look;
  const item = new vscode.TreeItem(oneLine(label), stateOf(node, look, isExpanded));
  item.id = node.id;
  const words = node.menu.words((need) => cluster && obstacleOf(cluster, need));
  item.contextValue = words ? `${node.kind} ${words}` : node.kind;
  item.iconPath = typeof icon === 'string' ? new vscode.ThemeIcon(icon) : icon;
  if (description) item.description = oneLine(description);
  if (tooltip !== undefined) item.tooltip = oneLine(tooltip);
  const spoken = spokenOf(node, look, cluster?.definition);
  if (spoken !== undefined) item.accessibilityInformation = { label: oneLine(spoken) };
  if (command) item.command = command;
  if (resourceUri) item.resourceUri = resourceUri;
  const isMarked = cluster && marksOf(cluster.definition).length > 0;
  if (isMarked && item.iconPath instanceof vscode.ThemeIcon && !item.iconPath.color) {
    item.iconPath = new vscode.ThemeIcon(item.iconPath.id, markColor);
  }
  return item;
}

function obstacleOf(cluster: NodeCluster, need: Need): Obstacle | undefined {
  const { definition } = cluster;
  if (need === 'secret') return secretNames(definition).length > 0 ? undefined : 'needless';
  if (need === 'registry') return definition.schemaRegistry ? undefined : 'needless';
  if (need === 'register') {
    return definition.schemaRegistry?.protection === 'readOnly' ? 'read-only' : undefined;
  }
  return inabilityOf(cluster, need);
}

function stateOf(
  node: TreeNode,
  { expanded = false }: NodeItem,
  isExpanded: boolean | undefined,
): vscode.TreeItemCollapsibleState {
  if (!node.children) return None;
  return (isExpanded ?? expanded) ? Expanded : Collapsed;
}

/**
 * Returns what a screen reader says of a node: what it shows, and below a cluster that needs care
 * why it does. `undefined` leaves it to VS Code, which reads what the node shows.
 */
function spokenOf(
  node: TreeNode,
  { label, description, spoken }: NodeItem,
  definition: ClusterDefinition | undefined,
): string | undefined {
  const marks = definition && node.parent !== undefined ? marksOf(definition) : [];
  if (!definition || marks.length === 0) return spoken;
  const own = spoken ?? [label, description].filter(Boolean).join(', ');
  return `${own}, ${definition.name}: ${wordsOf(marks)}`;
}
