import * as vscode from 'vscode';
import { AnyTopicNode } from './anyTopic';
import type { NodeItem } from './treeNode';

/** A topic that was created and that the proxy does not list yet. */
export class PendingTopicNode extends AnyTopicNode {
  readonly kind = 'pendingTopic';

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
