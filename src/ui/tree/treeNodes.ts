import * as vscode from 'vscode';
import type { ClusterDefinition } from '../../core/cluster/definition';
import type { Broker, Partition } from '../../core/kafka';
import { oneLine } from '../../core/text/visible';
import { clusterUri } from '../clusters/clusterUri';
import { type ClusterMark, markColor, marksOf, sentencesOf, wordsOf } from '../words/clusterMarks';
import { messages } from '../words/counts';
import { explain } from '../words/report';

/** The nodes of the clusters view. */
export type Node =
  | { readonly kind: 'cluster' | 'emulator'; readonly cluster: string; readonly host: string }
  | { readonly kind: 'invalidCluster'; readonly label: string; readonly reason: string }
  | { readonly kind: 'brokers' | 'topics'; readonly cluster: string }
  | { readonly kind: 'broker'; readonly cluster: string; readonly broker: Broker }
  | { readonly kind: 'topic' | 'pendingTopic'; readonly cluster: string; readonly topic: string }
  | {
      readonly kind: 'partition';
      readonly cluster: string;
      readonly topic: string;
      readonly partition: number;
      readonly info: Partition;
    }
  /** Something to read in place of children, with what a click does about it. */
  | {
      readonly kind: 'note';
      readonly parent: Node;
      readonly text: string;
      readonly command?: vscode.Command;
    }
  /** A failure in place of children. */
  | {
      readonly kind: 'problem';
      readonly parent: Node;
      readonly action: string;
      readonly error: unknown;
      readonly command?: vscode.Command;
    };

/** Names, as they may hold slashes, in an id that no other ones have. */
function idOf(kind: string, ...names: readonly (string | number)[]): string {
  const escaped = names.map((name) => String(name).replace(/[%/]/g, encodeURIComponent));
  return [kind, ...escaped].join('/');
}

/** The id of a cluster's node. */
export function clusterId(cluster: string): string {
  return idOf('cluster', cluster);
}

/** Stable across refreshes, so that VS Code keeps what is expanded and selected. */
export function nodeId(node: Node): string {
  switch (node.kind) {
    case 'cluster':
    case 'emulator':
      return clusterId(node.cluster);
    case 'invalidCluster':
      return idOf('invalid', node.label);
    case 'brokers':
    case 'topics':
      return idOf(node.kind, node.cluster);
    case 'broker':
      return idOf('broker', node.cluster, node.broker.id);
    case 'topic':
    case 'pendingTopic':
      return idOf('topic', node.cluster, node.topic);
    case 'partition':
      return idOf('partition', node.cluster, node.topic, node.partition);
    case 'note':
    case 'problem':
      return `${node.kind}/${nodeId(node.parent)}`;
  }
}

/** Whether a command was called on a node of the tree. */
export function isNode(argument: unknown): argument is Node {
  return typeof argument === 'object' && argument !== null && 'kind' in argument;
}

/** What *Copy Name* copies. */
export function nodeName(node: Node): string {
  switch (node.kind) {
    case 'broker':
      return node.broker.host ?? String(node.broker.id);
    case 'topic':
    case 'pendingTopic':
      return node.topic;
    case 'partition':
      return `${node.topic}-${node.partition}`;
    case 'cluster':
    case 'emulator':
    case 'brokers':
    case 'topics':
      return node.cluster;
    case 'invalidCluster':
      return node.label;
    case 'note':
      return node.text;
    case 'problem':
      return explain(node.error).reason;
  }
}

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

/**
 * What VS Code shows of a node. `cluster` is the one that it belongs to. The menus know the node by its
 * kind, followed by `ReadOnly` where nothing may be written.
 */
export function toTreeItem(node: Node, cluster?: ClusterDefinition): vscode.TreeItem {
  const item = describe(node);
  item.id = nodeId(node);
  item.contextValue = `${node.kind}${cluster?.protection === 'readOnly' ? 'ReadOnly' : ''}`;
  const marks = cluster ? marksOf(cluster) : [];
  if (cluster && marks.length > 0) mark(item, node, cluster, marks);
  return item;
}

/** Marks an item of a cluster that must be handled with care: by colour, and in words. */
function mark(
  item: vscode.TreeItem,
  node: Node,
  { name, endpoint }: ClusterDefinition,
  marks: readonly ClusterMark[],
): void {
  if (item.iconPath instanceof vscode.ThemeIcon && !item.iconPath.color) {
    item.iconPath = new vscode.ThemeIcon(item.iconPath.id, markColor);
  }
  const words = wordsOf(marks);
  if (node.kind === 'cluster') {
    if (marks.some(({ kind }) => kind === 'unencrypted')) {
      item.iconPath = new vscode.ThemeIcon('warning', markColor);
    }
    item.resourceUri = clusterUri(name);
    item.description = `${words} · ${node.host}`;
    item.tooltip = `${endpoint}\n${sentencesOf(marks)}`;
  }
  const label = item.accessibilityInformation?.label ?? nodeName(node);
  const owner = node.kind === 'cluster' ? words : `${name}: ${words}`;
  item.accessibilityInformation = { label: oneLine(`${label}, ${owner}`) };
}

function describe(node: Node): vscode.TreeItem {
  const t = vscode.l10n.t;
  switch (node.kind) {
    case 'cluster':
      return withIcon(node.cluster, Collapsed, 'server-environment', node.host);
    case 'emulator':
      return withIcon(node.cluster, Expanded, 'beaker', node.host);
    case 'invalidCluster': {
      const item = withIcon(node.label, None, warningIcon, node.reason);
      item.tooltip = oneLine(t('{0}: {1}. Click to open the settings.', node.label, node.reason));
      item.command = {
        command: 'workbench.action.openSettings',
        title: t('Open Settings'),
        arguments: ['kafkaRest.clusters'],
      };
      return item;
    }
    case 'brokers':
      return withIcon(t('Brokers'), Collapsed, 'server');
    case 'topics':
      return withIcon(t('Topics'), Expanded, 'list-unordered');
    case 'broker': {
      const { id, host, port } = node.broker;
      const address = host === undefined ? '' : `${host}${port === undefined ? '' : `:${port}`}`;
      return withIcon(t('Broker {0}', id), None, 'server-process', address);
    }
    case 'topic':
      return withIcon(node.topic, Collapsed, 'inbox');
    case 'pendingTopic': {
      const item = withIcon(node.topic, None, 'loading~spin', t('being created…'));
      item.tooltip = oneLine(
        t(
          '{0} is being created. The REST proxy caches its metadata, so it can take half a minute to show up.',
          node.topic,
        ),
      );
      return item;
    }
    case 'partition':
      return describePartition(node.info);
    case 'note': {
      const item = withIcon(node.text, None, 'info');
      if (node.command) item.command = node.command;
      return item;
    }
    case 'problem': {
      const { reason, advice } = explain(node.error);
      const item = withIcon(capitalise(reason), None, 'error');
      item.tooltip = oneLine(t('Could not {0}: {1}. {2}.', node.action, reason, advice));
      item.accessibilityInformation = { label: item.tooltip };
      if (node.command) item.command = node.command;
      return item;
    }
  }
}

const warningIcon = new vscode.ThemeIcon(
  'warning',
  new vscode.ThemeColor('list.warningForeground'),
);

function describePartition({ id, earliest, latest, leader, replicas, isr }: Partition) {
  const t = vscode.l10n.t;
  const count = latest - earliest;
  const short = isr.length < replicas.length || leader === null;
  const leadership = leader === null ? t('no leader') : t('leader {0}', leader);
  const inSync = `${isr.length}/${replicas.length}`;
  const item = withIcon(
    t('Partition {0}', id),
    None,
    short ? warningIcon : 'symbol-array',
    `${earliest}–${latest} (${count.toLocaleString(vscode.env.language)}) · ${inSync} · ${leadership}`,
  );
  item.accessibilityInformation = {
    label: t(
      'Partition {0}, earliest offset {1}, latest offset {2}, {3}, {4}, in-sync replicas {5} of {6}',
      id,
      String(earliest),
      String(latest),
      messages(count),
      leadership,
      isr.length,
      replicas.length,
    ),
  };
  return item;
}

/** The details that are only wanted when the pointer rests on a node. */
export function tooltip(node: Node): vscode.MarkdownString | undefined {
  if (node.kind !== 'partition') return undefined;
  const { earliest, latest, leader, replicas, isr } = node.info;
  const t = vscode.l10n.t;
  const missing = replicas.filter((broker) => !isr.includes(broker));
  const rows: (readonly [string, string])[] = [
    [t('Earliest offset'), String(earliest)],
    [t('Latest offset'), t('{0} (the next message gets it)', String(latest))],
    [t('Messages'), t('{0}, fewer if the topic is compacted', String(latest - earliest))],
    [t('Leader'), leader === null ? t('none') : t('broker {0}', leader)],
    [t('Replicas'), replicas.join(', ')],
    [t('In-sync replicas'), isr.join(', ')],
  ];
  if (missing.length > 0) rows.push([t('Out of sync'), missing.join(', ')]);
  const markdown = new vscode.MarkdownString();
  markdown.appendMarkdown(
    ['| | |', '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n'),
  );
  return markdown;
}

function withIcon(
  label: string,
  state: vscode.TreeItemCollapsibleState,
  icon: string | vscode.ThemeIcon,
  description?: string,
): vscode.TreeItem {
  const item = new vscode.TreeItem(oneLine(label), state);
  item.iconPath = typeof icon === 'string' ? new vscode.ThemeIcon(icon) : icon;
  if (description) item.description = oneLine(description);
  return item;
}

function capitalise(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
