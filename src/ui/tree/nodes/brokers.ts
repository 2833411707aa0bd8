import * as vscode from 'vscode';
import { BrokerNode } from './broker';
import { staleRow } from './problem';
import { idBelow, type NodeItem, TreeNode, type TreeSources } from './treeNode';

/** The brokers of a cluster. */
export class BrokersNode extends TreeNode {
  readonly kind = 'brokers';

  constructor(
    override readonly parent: string,
    override readonly cluster: string,
  ) {
    super(parent, cluster);
  }

  get id(): string {
    return idBelow(this.parent, 'brokers');
  }

  get name(): string {
    return this.cluster;
  }

  override get action(): string {
    return vscode.l10n.t('list the brokers');
  }

  item(): NodeItem {
    return { label: vscode.l10n.t('Brokers'), icon: 'server' };
  }

  override async children(sources: TreeSources, signal: AbortSignal): Promise<TreeNode[]> {
    const { id, cluster } = this;
    const { connections, memory } = sources;
    const { definition } = connections.clusters.require(cluster);
    const fetched = await memory.brokers.fetch(id, definition, signal, async () => {
      const proxy = await connections.proxy(cluster);
      return proxy.brokers({ signal });
    });
    return [
      ...staleRow(this, fetched),
      ...fetched.value.map((broker) => new BrokerNode(id, cluster, broker)),
    ];
  }
}
