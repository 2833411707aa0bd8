import * as vscode from 'vscode';
import type { GroupPosition } from '../../../../core/administration';
import { listed } from '../../../../l10n/listed';
import { partitions } from '../../../words/counts';
import { lagOf } from '../../memory/groupDetails';
import { Menu } from '../menu';
import { tooltipOf, type TooltipRow } from '../tooltip';
import { idBelow, type NodeItem, TreeNode } from '../treeNode';
import { lagInWords, shortLag } from './words';

const menu = new Menu(['openMessages', 'viewMessages', 'copyName']);

/** A topic that a consumer group reads. */
export class GroupTopicNode extends TreeNode {
  readonly kind = 'groupTopic';
  override readonly menu = menu;

  constructor(
    override readonly parent: string,
    override readonly cluster: string,
    readonly topic: string,
    readonly positions: readonly GroupPosition[],
  ) {
    super(parent, cluster);
  }

  get id(): string {
    return idBelow(this.parent, this.topic);
  }

  get name(): string {
    return this.topic;
  }

  item(): NodeItem {
    const { topic, positions } = this;
    const where = partitions(positions.length);
    const lag = lagOf(positions);
    return {
      label: topic,
      icon: 'inbox',
      description: `${shortLag(lag)} · ${where}`,
      spoken: listed([topic, lagInWords(lag), where]),
    };
  }

  override children(): Promise<readonly TreeNode[]> {
    const { id, cluster, positions } = this;
    return Promise.resolve(positions.map((each) => new GroupPartitionNode(id, cluster, each)));
  }
}

/** How far a consumer group has come in one partition. */
export class GroupPartitionNode extends TreeNode {
  readonly kind = 'groupPartition';
  override readonly menu = menu;
  readonly topic: string;
  readonly partition: number;

  constructor(
    override readonly parent: string,
    override readonly cluster: string,
    readonly position: GroupPosition,
  ) {
    super(parent, cluster);
    this.topic = position.topic;
    this.partition = position.partition;
  }

  get id(): string {
    return idBelow(this.parent, this.partition);
  }

  get name(): string {
    return `${this.topic}-${this.partition}`;
  }

  item(): NodeItem {
    const t = vscode.l10n.t;
    const { partition, current, end } = this.position;
    const lag = lagOf([this.position]);
    const label = t('Partition {0}', partition);
    return {
      label,
      icon: 'symbol-array',
      description: `${current} / ${end} · ${shortLag(lag)}`,
      spoken: t(
        '{0}, current offset {1}, end offset {2}, {3}',
        label,
        String(current),
        String(end),
        lagInWords(lag),
      ),
    };
  }

  override tooltip(): vscode.MarkdownString {
    const t = vscode.l10n.t;
    const { current, end, member } = this.position;
    const rows: TooltipRow[] = [
      [t('Current offset'), t('{0} (the group reads it next)', String(current))],
      [t('End offset'), t('{0} (the next message gets it)', String(end))],
      [t('Lag'), lagInWords(lagOf([this.position]))],
    ];
    if (member !== undefined) rows.push([t('Member'), member]);
    return tooltipOf(this.name, rows);
  }
}
