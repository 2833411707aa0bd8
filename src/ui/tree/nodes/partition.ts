import * as vscode from 'vscode';
import type { Partition } from '../../../core/kafka';
import { messages } from '../../words/counts';
import { warningIcon } from './icons';
import { Menu } from './menu';
import { openOnDoubleClick } from './opening';
import { tooltipOf, type TooltipRow } from './tooltip';
import { idBelow, type NodeItem, TreeNode } from './treeNode';

const menu = new Menu(
  [
    'openMessages',
    'consume',
    'viewMessages',
    'followMessages',
    'produceMessage',
    'exportMessages',
    'produceFile',
    'copyMessages',
    'refresh',
    'copyName',
    'copyLink',
  ],
  ['consume'],
);

/** A partition of a topic. */
export class PartitionNode extends TreeNode {
  readonly kind = 'partition';
  override readonly menu = menu;
  readonly partition: number;

  constructor(
    override readonly parent: string,
    override readonly cluster: string,
    readonly topic: string,
    readonly info: Partition,
  ) {
    super(parent, cluster);
    this.partition = info.id;
  }

  get id(): string {
    return idBelow(this.parent, this.partition);
  }

  get name(): string {
    return `${this.topic}-${this.partition}`;
  }

  item(): NodeItem {
    const { id, earliest, latest, leader, replicas, isr } = this.info;
    const t = vscode.l10n.t;
    const isShort = isr.length < replicas.length || leader === null;
    const common = {
      label: t('Partition {0}', id),
      icon: isShort ? warningIcon : 'symbol-array',
      command: openOnDoubleClick(this),
    };
    if (latest === undefined) {
      return { ...common, description: t('offsets unknown') };
    }
    const count = latest - earliest;
    const size = `${earliest}–${latest} (${count.toLocaleString(vscode.env.language)})`;
    const offsets = [id, String(earliest), String(latest), messages(count)] as const;
    if (leader === undefined) {
      return {
        ...common,
        description: size,
        spoken: t('Partition {0}, earliest offset {1}, latest offset {2}, {3}', ...offsets),
      };
    }
    const leadership = leader === null ? t('no leader') : t('leader {0}', leader);
    return {
      ...common,
      description: `${size} · ${isr.length}/${replicas.length} · ${leadership}`,
      spoken: t(
        'Partition {0}, earliest offset {1}, latest offset {2}, {3}, {4}, in-sync replicas {5} of {6}',
        ...offsets,
        leadership,
        isr.length,
        replicas.length,
      ),
    };
  }

  override tooltip(): vscode.MarkdownString {
    return tooltipOf(this.name, [...offsetRows(this.info), ...replicaRows(this.info)]);
  }
}

function offsetRows({ earliest, latest }: Partition): readonly TooltipRow[] {
  const t = vscode.l10n.t;
  if (latest === undefined) {
    return [[t('Messages'), t('unknown, because the REST proxy does not tell the offsets')]];
  }
  return [
    [t('Earliest offset'), String(earliest)],
    [t('Latest offset'), t('{0} (the next message gets it)', String(latest))],
    [t('Messages'), t('{0}, fewer if the topic is compacted', String(latest - earliest))],
  ];
}

function replicaRows({ leader, replicas, isr }: Partition): readonly TooltipRow[] {
  const t = vscode.l10n.t;
  if (leader === undefined) return [];
  const missing = replicas.filter((broker) => !isr.includes(broker));
  return [
    [t('Leader'), leader === null ? t('none') : t('broker {0}', leader)],
    [t('Replicas'), replicas.join(', ')],
    [t('In-sync replicas'), isr.join(', ')],
    ...(missing.length > 0 ? [[t('Out of sync'), missing.join(', ')] as const] : []),
  ];
}
