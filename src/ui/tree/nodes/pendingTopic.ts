import * as vscode from 'vscode';
import { idBelow, type NodeItem, TreeNode } from './treeNode';

/** A topic that was created and that the proxy does not list yet. */
export class PendingTopicNode extends TreeNode {
  readonly kind = 'pendingTopic';

  constructor(
    override readonly parent: string,
    override readonly cluster: string,
    readonly topic: string,
  ) {
    super(parent, cluster);
  }

  /** The same id as the topic's node, which replaces this one. */
  get id(): string {
    return idBelow(this.parent, this.topic);
  }

  get name(): string {
    return this.topic;
  }

  item(): NodeItem {
    const t = vscode.l10n.t;
    return {
      label: this.topic,
      icon: 'loading~spin',
      description: t('being created…'),
      tooltip: t(
        '{0} is being created. The REST proxy caches its metadata, so it can take half a minute to show up.',
        this.topic,
      ),
    };
  }
}
