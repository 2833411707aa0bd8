import * as vscode from 'vscode';
import { warningIcon } from './icons';
import { idBelow, type NodeItem, TreeNode } from './treeNode';

/** An entry of the settings that cannot be used. */
export class InvalidClusterNode extends TreeNode {
  readonly kind = 'invalidCluster';

  constructor(
    readonly label: string,
    readonly reason: string,
  ) {
    super(undefined, undefined);
  }

  get id(): string {
    return idBelow('invalid', this.label);
  }

  get name(): string {
    return this.label;
  }

  item(): NodeItem {
    const { label, reason } = this;
    const t = vscode.l10n.t;
    return {
      label,
      icon: warningIcon,
      description: reason,
      tooltip: t('{0}: {1}. Click to open the settings.', label, reason),
      command: {
        command: 'workbench.action.openSettings',
        title: t('Open Settings'),
        arguments: ['kafkaRest.clusters'],
      },
    };
  }
}
