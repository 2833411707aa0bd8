import * as vscode from 'vscode';
import { listed } from '../../../l10n/listed';
import type { ClusterDefinition } from '../../../core/cluster/definition';
import type { EntryPlace } from '../../../core/cluster/settings';
import { sourceWord, sourceWords } from '../../words/clusterSource';
import { definitionRows } from '../../words/definitionRows';
import { greyedUri } from '../greyed';
import { Menu } from './menu';
import { tooltipOf } from './tooltip';
import { idBelow, type NodeItem, TreeNode } from './treeNode';

const menu = new Menu(['useCluster', 'openClusterSettings', 'copyName'], ['useCluster']);

/** A cluster of the workspace that nobody has agreed to use. Nothing is sent to it. */
export class OfferedClusterNode extends TreeNode {
  readonly kind = 'offeredCluster';
  override readonly menu = menu;

  constructor(
    readonly definition: ClusterDefinition,
    readonly place: EntryPlace,
  ) {
    super(undefined, undefined);
  }

  get id(): string {
    const { source, index } = this.place;
    return idBelow('offered', source.scope, source.folder ?? '', index, this.name);
  }

  get name(): string {
    return this.definition.name;
  }

  item(): NodeItem {
    const t = vscode.l10n.t;
    const { name: label, place } = this;
    const { host } = new URL(this.definition.endpoint);
    const words = [t('Use this cluster?'), sourceWord(place.source), host].filter(Boolean);
    return {
      label,
      icon: new vscode.ThemeIcon('server-environment', new vscode.ThemeColor('disabledForeground')),
      description: words.join(' · '),
      spoken: listed([label, ...words]),
      resourceUri: greyedUri(this.id),
      command: { command: 'kafkaRest.useCluster', title: '', arguments: [this] },
    };
  }

  override tooltip(): vscode.MarkdownString {
    const t = vscode.l10n.t;
    return tooltipOf(
      this.name,
      [...definitionRows(this.definition), [t('Defined in'), sourceWords(this.place.source)]],
      [t('Nothing is sent to it before you agree to use it. Click to decide.')],
    );
  }
}
