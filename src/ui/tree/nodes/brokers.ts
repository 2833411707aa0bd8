import * as vscode from 'vscode';
import { BrokerNode } from './broker';
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

  override async children({ connections }: TreeSources, signal: AbortSignal): Promise<TreeNode[]> {
    const brokers = await connections.proxy(this.cluster).brokers({ signal });
    return brokers.map((broker) => new BrokerNode(this.id, this.cluster, broker));
  }
}
