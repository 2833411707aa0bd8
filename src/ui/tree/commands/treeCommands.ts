import * as vscode from 'vscode';
import type { CommandTable } from '../../base/command';
import type { ClusterStore } from '../../clusters/clusters';
import { chooseCluster, toTarget } from '../../clusters/pick';
import type { Reporter } from '../../words/reporter';
import { askFilter } from './askFilter';
import type { ClusterTree } from '../clusterTree';
import { hideTopics, unhideTopics } from './hideTopics';
import { ProblemNode } from '../nodes/problem';
import { TopicNode } from '../nodes/topic';
import { TreeNode } from '../nodes/treeNode';
import { NodeOpener } from './openNode';
import { nodesOf } from './together';

type TreeCommandId =
  | 'refresh'
  | 'tryAgain'
  | 'showNextSteps'
  | 'filterTopics'
  | 'clearTopicFilter'
  | 'copyName'
  | 'copyEndpoint'
  | 'pinTopic'
  | 'unpinTopic'
  | 'hideTopic'
  | 'unhideTopic'
  | 'showHiddenTopics'
  | 'clickNode'
  | 'enterNode'
  | 'readOnly'
  | 'cannotRead'
  | 'cannotProduce'
  | 'cannotCreateTopics'
  | 'cannotManageTopics';

/** The commands that only concern the tree. */
export function treeCommands(
  clusters: ClusterStore,
  tree: ClusterTree,
  view: vscode.TreeView<TreeNode>,
  reporter: Reporter,
): Pick<CommandTable, TreeCommandId> {
  const t = vscode.l10n.t;
  const opener = new NodeOpener(view);
  const chosen = (argument: unknown, selected: unknown): readonly TreeNode[] => {
    const nodes = nodesOf(argument, selected);
    return nodes.length > 0 ? nodes : view.selection;
  };
  const refresh = (argument: unknown, selected: unknown) => {
    const nodes = nodesOf(argument, selected);
    if (nodes.length === 0) tree.refresh();
    for (const node of nodes) tree.refresh(node);
  };
  const topicsOf = (nodes: readonly TreeNode[]): readonly string[] =>
    nodes.filter((node) => node instanceof TopicNode).map(({ name }) => name);
  const pin = async (nodes: readonly TreeNode[], isPinned: boolean) => {
    for (const cluster of new Set(nodes.map((node) => node.cluster))) {
      const topics = topicsOf(nodes.filter((node) => node.cluster === cluster));
      if (cluster !== undefined) await tree.pins.set(cluster, topics, isPinned);
    }
  };
  /** An entry of menus that is never enabled, because it only says something. */
  const reason = { action: t('run the command'), run: () => undefined };
  return {
    refresh: { action: t('refresh'), run: refresh },
    tryAgain: { action: t('refresh'), run: refresh },
    showNextSteps: {
      action: t('show the next steps'),
      run: async (argument) => {
        if (!(argument instanceof ProblemNode)) return;
        const { owner, error, cluster } = argument;
        const again = () => {
          tree.refresh(owner);
        };
        await reporter.failure(owner.action, error, { cluster, again });
      },
    },
    filterTopics: { action: t('filter the topics'), run: () => askFilter(tree, view) },
    clearTopicFilter: {
      action: t('clear the filter'),
      run: () => {
        tree.filter = '';
      },
    },
    copyName: {
      action: t('copy the name'),
      run: async (argument, selected) => {
        const names = chosen(argument, selected).map(({ name }) => name);
        if (names.length > 0) await vscode.env.clipboard.writeText(names.join('\n'));
      },
    },
    copyEndpoint: {
      action: t('copy the endpoint'),
      run: async (argument) => {
        const { definition } = await chooseCluster(clusters, toTarget(argument));
        await vscode.env.clipboard.writeText(definition.endpoint);
      },
    },
    pinTopic: {
      action: t('pin the topic'),
      run: (argument, selected) => pin(chosen(argument, selected), true),
    },
    unpinTopic: {
      action: t('unpin the topic'),
      run: (argument, selected) => pin(chosen(argument, selected), false),
    },
    hideTopic: {
      action: t('hide the topic'),
      run: async (argument, selected) => {
        const nodes = chosen(argument, selected);
        const topics = topicsOf(nodes);
        if (topics.length === 0) return;
        await hideTopics(topics);
        // A pinned topic shows although it is hidden.
        await pin(nodes, false);
      },
    },
    unhideTopic: {
      action: t('show the topic'),
      run: (argument, selected) => unhideTopics(topicsOf(chosen(argument, selected))),
    },
    showHiddenTopics: {
      action: t('show the hidden topics'),
      run: () => {
        tree.showsHidden = !tree.showsHidden;
      },
    },
    clickNode: {
      action: t('open the messages'),
      run: async (argument) => {
        if (argument instanceof TreeNode) await opener.click(argument);
      },
    },
    enterNode: { action: t('open the messages'), run: () => opener.enter() },
    readOnly: reason,
    cannotRead: reason,
    cannotProduce: reason,
    cannotCreateTopics: reason,
    cannotManageTopics: reason,
  };
}
