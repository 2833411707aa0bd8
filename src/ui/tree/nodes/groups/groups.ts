import * as vscode from 'vscode';
import { KafkaError } from '../../../../core/errors';
import { inNaturalOrder } from '../../../../core/text/naturalOrder';
import { topicFilter } from '../../selectTopics';
import { Menu } from '../menu';
import { NoteNode, whileFiltered } from '../note';
import { staleRow } from '../problem';
import { idBelow, type NodeItem, TreeNode, type TreeSources } from '../treeNode';
import { GroupNode } from './group';

const menu = new Menu(['filterTopics', 'refresh'], ['refresh']);

/** The consumer groups of a cluster. */
export class GroupsNode extends TreeNode {
  readonly kind = 'groups';
  override readonly menu = menu;

  constructor(
    override readonly parent: string,
    override readonly cluster: string,
  ) {
    super(parent, cluster);
  }

  get id(): string {
    return idBelow(this.parent, 'groups');
  }

  get name(): string {
    return this.cluster;
  }

  override get action(): string {
    return vscode.l10n.t('list the consumer groups');
  }

  override get isFiltered(): boolean {
    return true;
  }

  item(): NodeItem {
    return { label: vscode.l10n.t('Consumer Groups'), icon: 'organization' };
  }

  override async children(sources: TreeSources, signal: AbortSignal): Promise<TreeNode[]> {
    const { id, cluster } = this;
    const { connections, memory, filter } = sources;
    const { definition } = connections.clusters.require(cluster);
    const proxy = await connections.proxy(cluster);
    const fetched = await memory.groups.fetch(id, definition, signal, async () => {
      if (!proxy.consumerGroups) throw new KafkaError('unsupported');
      return proxy.consumerGroups({ signal });
    });
    const groups = new Map(fetched.value.map((group) => [group.id, group.state]));
    const names = inNaturalOrder([...groups.keys()]);
    const shown = filter ? names.filter(topicFilter(filter)) : names;
    return [
      ...staleRow(this, fetched),
      ...noteOn(id, { shown: shown.length, all: names.length, filter }),
      ...shown.map((name) => new GroupNode(id, cluster, name, groups.get(name))),
    ];
  }
}

/** Returns the note above or instead of the groups. */
function noteOn(
  parent: string,
  { shown, all, filter }: { readonly shown: number; readonly all: number; readonly filter: string },
): readonly NoteNode[] {
  const t = vscode.l10n.t;
  if (all === 0) return [new NoteNode(parent, t('No consumer groups.'))];
  if (!filter) return [];
  const text =
    shown === 0
      ? t('No consumer group matches “{0}”. Click to clear the filter.', filter)
      : t('{0} of {1} match “{2}”', shown, all, filter);
  return [whileFiltered(parent, text)];
}
