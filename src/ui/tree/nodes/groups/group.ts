import * as vscode from 'vscode';
import { listed } from '../../../../l10n/listed';
import { byTopic, fetchGroup, type GroupDetails, lagOf } from '../../memory/groupDetails';
import type { NodeFacts } from '../../memory/nodeFacts';
import type { Fetched } from '../../memory/remembered';
import { Menu } from '../menu';
import { NoteNode } from '../note';
import { staleRow } from '../problem';
import { shortTime, tooltipOf, type TooltipRow } from '../tooltip';
import { idBelow, type NodeItem, TreeNode, type TreeSources } from '../treeNode';
import { GroupTopicNode } from './groupTopic';
import { MembersNode, membersInWords } from './members';
import { lagInWords, shortLag, stateIcon, stateInWords } from './words';

const menu = new Menu(['refresh', 'copyName'], ['refresh']);

/** A consumer group. */
export class GroupNode extends TreeNode {
  readonly kind = 'group';
  override readonly menu = menu;

  constructor(
    override readonly parent: string,
    override readonly cluster: string,
    readonly group: string,
    readonly state: string | undefined,
  ) {
    super(parent, cluster);
  }

  get id(): string {
    return idBelow(this.parent, this.group);
  }

  get name(): string {
    return this.group;
  }

  override get action(): string {
    return vscode.l10n.t('describe the consumer group {0}', this.group);
  }

  item({ group }: NodeFacts): NodeItem {
    const state = this.state === undefined ? [] : [stateInWords(this.state)];
    const lag = group && lagOf(group.value.positions);
    const members = group ? [membersInWords(group.value.members.length)] : [];
    return {
      label: this.group,
      icon: stateIcon(this.state),
      description: [...state, ...(lag === undefined ? [] : [shortLag(lag)])].join(' · '),
      spoken: listed([
        this.group,
        ...state,
        ...members,
        ...(lag === undefined ? [] : [lagInWords(lag)]),
      ]),
    };
  }

  override load(sources: TreeSources, signal: AbortSignal): Promise<Fetched<unknown>> {
    return this.#fetch(sources, signal);
  }

  override tooltip({ group }: NodeFacts): vscode.MarkdownString {
    const t = vscode.l10n.t;
    const rows: TooltipRow[] = [];
    if (this.state !== undefined) rows.push([t('State'), stateInWords(this.state)]);
    if (group) {
      const { members, positions } = group.value;
      const topics = byTopic(positions).map(({ topic }) => topic);
      rows.push([t('Members'), String(members.length)]);
      rows.push([t('Topics'), topics.length === 0 ? t('none') : topics.join(', ')]);
      rows.push([t('Lag'), lagInWords(lagOf(positions))]);
      rows.push([t('Last asked'), shortTime(group.at)]);
    }
    return tooltipOf(this.group, rows);
  }

  override async children(sources: TreeSources, signal: AbortSignal): Promise<TreeNode[]> {
    const { id, cluster } = this;
    const fetched = await this.#fetch(sources, signal);
    const { members, positions } = fetched.value;
    return [
      ...staleRow(this, fetched),
      new MembersNode(id, cluster, members, positions),
      ...(positions.length === 0
        ? [new NoteNode(id, vscode.l10n.t('The group has no committed offsets.'))]
        : byTopic(positions).map(
            ({ topic, positions: own }) => new GroupTopicNode(id, cluster, topic, own),
          )),
    ];
  }

  #fetch(
    { connections, memory }: TreeSources,
    signal: AbortSignal,
  ): Promise<Fetched<GroupDetails>> {
    const { id, cluster, group } = this;
    const { definition } = connections.clusters.require(cluster);
    return memory.groupDetails.fetch(id, definition, signal, async () =>
      fetchGroup(await connections.proxy(cluster), group, signal),
    );
  }
}
