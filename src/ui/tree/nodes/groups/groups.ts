import * as vscode from 'vscode';
import { KafkaError } from '../../../../core/errors';
import { inNaturalOrder } from '../../../../core/text/naturalOrder';
import { topicFilter } from '../../selectTopics';
import { Menu } from '../menu';
import { filterNote, NoteNode } from '../note';
import { staleRow } from '../problem';
import { idBelow, ListNode, type NodeItem, type TreeNode, type TreeSources } from '../treeNode';
import { GroupNode } from './group';

const menu = new Menu(['filterTopics', 'refresh'], ['refresh']);

/** The consumer groups of a cluster. */
export class GroupsNode extends ListNode {
  readonly kind = 'groups';
  override readonly menu = menu;

  get id(): string {
    return idBelow(this.parent, 'groups');
  }

  override get action(): string {
    return vscode.l10n.t('list the consumer groups');
  }

  item(): NodeItem {
    return { label: vscode.l10n.t('Consumer Groups'), icon: 'organization' };
  }

  override async children(sources: TreeSources, signal: AbortSignal): Promise<TreeNode[]> {
    const t = vscode.l10n.t;
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
    const counts = { shown: shown.length, all: names.length, filter };
    const none = t('No consumer group matches “{0}”. Click to clear the filter.', filter);
    return [
      ...staleRow(this, fetched),
      ...(names.length === 0
        ? [new NoteNode(id, t('No consumer groups.'))]
        : filterNote(id, counts, none)),
      ...shown.map((name) => new GroupNode(id, cluster, name, groups.get(name))),
    ];
  }
}
