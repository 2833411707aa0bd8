import * as vscode from 'vscode';
import { UserError } from '../../words/report';
import { TreeNode } from '../nodes/treeNode';
import { PartitionNode } from '../nodes/partition';
import { TopicNode } from '../nodes/topic';

/** Returns the nodes that a command of the tree was called on: those selected, or the one given. */
export function nodesOf(argument: unknown, selected: unknown): readonly TreeNode[] {
  const several: readonly unknown[] = Array.isArray(selected) ? selected : [];
  const nodes = several.filter((each) => each instanceof TreeNode);
  if (nodes.length > 0) return nodes;
  return argument instanceof TreeNode ? [argument] : [];
}

/**
 * Returns the argument of a command that takes several topics, or several partitions of a topic, at
 * once: `{ cluster, topics }` or `{ cluster, topic, partitions }`. Where not several nodes are
 * selected, returns the argument as it is. Throws a `UserError` for anything else.
 */
export function together(argument: unknown, selected: unknown): unknown {
  const nodes = nodesOf(argument, selected);
  const [first] = nodes;
  if (nodes.length < 2 || first?.cluster === undefined) return argument;
  const { cluster } = first;
  const topics = nodes.filter((node) => node instanceof TopicNode && node.cluster === cluster);
  if (topics.length === nodes.length) return { cluster, topics: topics.map(({ name }) => name) };
  const partitions = nodes.filter((node) => node instanceof PartitionNode);
  const [{ topic } = { topic: '' }] = partitions;
  const isOne = partitions.every((each) => each.cluster === cluster && each.topic === topic);
  if (isOne && partitions.length === nodes.length) {
    return { cluster, topic, partitions: partitions.map(({ partition }) => partition) };
  }
  throw new UserError(
    vscode.l10n.t('what is selected does not belong together'),
    vscode.l10n.t('Select topics of one cluster, or partitions of one topic'),
  );
}
