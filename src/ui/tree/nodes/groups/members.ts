import * as vscode from 'vscode';
import type { GroupMember, GroupPosition } from '../../../../core/administration';
import { listed } from '../../../../l10n/listed';
import { Menu } from '../menu';
import { NoteNode } from '../note';
import { tooltipOf, type TooltipRow } from '../tooltip';
import { idBelow, type NodeItem, TreeNode } from '../treeNode';

const menu = new Menu(['copyName']);

/** Returns a count of members in words. */
export function membersInWords(count: number): string {
  return count === 1 ? vscode.l10n.t('1 member') : vscode.l10n.t('{0} members', count);
}

/** The members of a consumer group. */
export class MembersNode extends TreeNode {
  readonly kind = 'members';

  constructor(
    override readonly parent: string,
    override readonly cluster: string,
    readonly members: readonly GroupMember[],
    readonly positions: readonly GroupPosition[],
  ) {
    super(parent, cluster);
  }

  get id(): string {
    return `${this.parent}//members`;
  }

  get name(): string {
    return vscode.l10n.t('Members');
  }

  item(): NodeItem {
    const { length } = this.members;
    return {
      label: this.name,
      icon: 'account',
      description: String(length),
      spoken: membersInWords(length),
    };
  }

  override children(): Promise<readonly TreeNode[]> {
    const { id, cluster, members, positions } = this;
    if (members.length === 0) {
      return Promise.resolve([new NoteNode(id, vscode.l10n.t('Nobody reads in this group now.'))]);
    }
    return Promise.resolve(
      members.map(
        (member) =>
          new MemberNode(
            id,
            cluster,
            member,
            positions.filter((position) => position.member === member.id),
          ),
      ),
    );
  }
}

/** A client that reads in a consumer group. */
export class MemberNode extends TreeNode {
  readonly kind = 'member';
  override readonly menu = menu;

  constructor(
    override readonly parent: string,
    override readonly cluster: string,
    readonly member: GroupMember,
    /** Of the partitions that it reads, as far as the dialect tells. */
    readonly positions: readonly GroupPosition[],
  ) {
    super(parent, cluster);
  }

  get id(): string {
    return idBelow(this.parent, this.member.id);
  }

  get name(): string {
    return this.member.id;
  }

  item(): NodeItem {
    const { id, clientId, host } = this.member;
    const label = clientId ?? id;
    return {
      label,
      icon: 'person',
      description: host,
      spoken: listed([label, ...(host === undefined ? [] : [host])]),
    };
  }

  override tooltip(): vscode.MarkdownString {
    const t = vscode.l10n.t;
    const { id, clientId, host } = this.member;
    const rows: TooltipRow[] = [[t('Member'), id]];
    if (clientId !== undefined) rows.push([t('Client'), clientId]);
    if (host !== undefined) rows.push([t('Host'), host]);
    if (this.positions.length > 0) {
      const read = this.positions.map(({ topic, partition }) => `${topic}-${partition}`);
      rows.push([t('Reads'), read.join(', ')]);
    }
    return tooltipOf(clientId ?? id, rows);
  }
}
