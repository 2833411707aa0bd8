import * as vscode from 'vscode';
import type { EntryPlace } from '../../../core/cluster/settings';
import { sourceWord, sourceWords } from '../../words/clusterSource';
import { warningIcon } from './icons';
import { idBelow, type NodeItem, TreeNode } from './treeNode';

/** An entry of the settings that cannot be used. */
export class InvalidClusterNode extends TreeNode {
  readonly kind = 'invalidCluster';

  constructor(
    readonly label: string,
    readonly reason: string,
    readonly place: EntryPlace,
  ) {
    super(undefined, undefined);
  }

  get id(): string {
    const { source, index } = this.place;
    return idBelow('invalid', source.scope, source.folder ?? '', index, this.label);
  }

  get name(): string {
    return this.label;
  }

  item(): NodeItem {
    const { label, reason, place } = this;
    const t = vscode.l10n.t;
    const word = sourceWord(place.source);
    return {
      label,
      icon: warningIcon,
      description: word ? `${word} · ${reason}` : reason,
      tooltip: t(
        '{0}: {1} Click to open the entry in {2}.',
        label,
        reason,
        sourceWords(place.source),
      ),
      command: {
        command: 'kafkaRest.openClusterSettings',
        title: t('Open Settings'),
        arguments: [{ place }],
      },
    };
  }
}
