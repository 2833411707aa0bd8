import * as vscode from 'vscode';
import { AnyTopicNode } from './anyTopic';
import { Menu } from './menu';
import { PartitionNode } from './partition';
import type { NodeItem, TreeNode, TreeSources } from './treeNode';

const menu = new Menu(
  [
    'consume',
    'viewMessages',
    'produceMessage',
    'newKafkaFile',
    'exportMessages',
    'produceFile',
    'copyMessages',
    'refresh',
    'copyName',
  ],
  ['consume', 'produceMessage', 'refresh'],
);

/** A topic of a cluster. */
export class TopicNode extends AnyTopicNode {
  readonly kind = 'topic';
  override readonly menu = menu;

  override get action(): string {
    return vscode.l10n.t('list the partitions of {0}', this.topic);
  }

  item(): NodeItem {
    return { label: this.topic, icon: 'inbox' };
  }

  override async children({ connections }: TreeSources, signal: AbortSignal): Promise<TreeNode[]> {
    const { id, cluster, topic } = this;
    const partitions = await connections.proxy(cluster).partitions(topic, { signal });
    return partitions.map((info) => new PartitionNode(id, cluster, topic, info));
  }
}
