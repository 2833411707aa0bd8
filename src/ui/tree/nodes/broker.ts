import * as vscode from 'vscode';
import type { Broker } from '../../../core/kafka';
import { Menu } from './menu';
import { tooltipOf, type TooltipRow } from './tooltip';
import { idBelow, type NodeItem, TreeNode } from './treeNode';

const menu = new Menu(['copyName']);

/** A broker of a cluster. */
export class BrokerNode extends TreeNode {
  readonly kind = 'broker';
  override readonly menu = menu;

  constructor(
    override readonly parent: string,
    override readonly cluster: string,
    readonly broker: Broker,
  ) {
    super(parent, cluster);
  }

  get id(): string {
    return idBelow(this.parent, this.broker.id);
  }

  get name(): string {
    return this.broker.host ?? String(this.broker.id);
  }

  item(): NodeItem {
    const { id, host, port } = this.broker;
    return {
      label: vscode.l10n.t('Broker {0}', id),
      icon: 'server-process',
      description: host === undefined ? '' : `${host}${port === undefined ? '' : `:${port}`}`,
    };
  }

  override tooltip(): vscode.MarkdownString {
    const { id, host, port, rack } = this.broker;
    const t = vscode.l10n.t;
    const rows: TooltipRow[] = [];
    if (host !== undefined) rows.push([t('Host'), host]);
    if (port !== undefined) rows.push([t('Port'), String(port)]);
    if (rack !== undefined) rows.push([t('Rack'), rack]);
    return tooltipOf(t('Broker {0}', id), rows);
  }
}
