import * as vscode from 'vscode';
import { inabilityOf } from '../../../core/cluster/abilities';
import { inNaturalOrder } from '../../../core/text/naturalOrder';
import { hiddenTopics } from '../../base/topicFilter';
import { selectTopics, type TopicSelection } from '../selectTopics';
import { Menu } from './menu';
import { filterNote, NoteNode } from './note';
import { PendingTopicNode } from './pendingTopic';
import { staleRow } from './problem';
import { TopicNode } from './topic';
import { ListNode, type NodeItem, topicsId, type TreeNode, type TreeSources } from './treeNode';

const menu = new Menu(
  ['createTopic', 'filterTopics', 'refresh'],
  ['createTopic', 'filterTopics', 'refresh'],
);

/** The topics of a cluster. */
export class TopicsNode extends ListNode {
  readonly kind = 'topics';
  override readonly menu = menu;

  get id(): string {
    return topicsId(this.cluster);
  }

  override get action(): string {
    return vscode.l10n.t('list the topics');
  }

  item(): NodeItem {
    return { label: vscode.l10n.t('Topics'), icon: 'list-unordered', expanded: true };
  }

  override async children(sources: TreeSources, signal: AbortSignal): Promise<TreeNode[]> {
    const { id, cluster } = this;
    const { connections, pending, filter, memory } = sources;
    const { definition } = connections.clusters.require(cluster);
    const proxy = await connections.proxy(cluster);
    const fetched = await memory.topics.fetch(id, definition, signal, async () => {
      const listed = await proxy.topics({ signal });
      return inNaturalOrder([...new Set(listed.map(({ name }) => name))]);
    });
    const topics = selectTopics(fetched.value, {
      ...sources,
      pinned: sources.pins.of(cluster),
      hides: hiddenTopics(),
    });
    const listed = new Set(fetched.value);
    const created = inNaturalOrder(pending.of(definition).filter((name) => !listed.has(name)));
    const { capabilities } = proxy;
    const canCreate = !inabilityOf({ definition, capabilities }, 'createTopic');
    return [
      ...staleRow(this, fetched),
      ...noteOn(this, topics, created.length, filter, canCreate),
      ...created.map((name) => new PendingTopicNode(id, cluster, name)),
      ...topics.shown.map(({ name, place }) => new TopicNode(id, cluster, name, place)),
      ...moreNote(id, topics),
      ...hiddenNote(id, topics, sources),
    ];
  }
}

/** Returns the note above or instead of the topics; `canCreate` says whether one may be created. */
function noteOn(
  { id, cluster }: TopicsNode,
  { visible, matching, hidden, shown }: TopicSelection,
  created: number,
  filter: string,
  canCreate: boolean,
): readonly NoteNode[] {
  const t = vscode.l10n.t;
  if (filter) {
    const none = t('No topic matches “{0}”. Click to clear the filter.', filter);
    return filterNote(id, { shown: matching, all: visible, filter }, none);
  }
  if (shown.length + created > 0) return [];
  if (hidden > 0) return [new NoteNode(id, t('All topics are hidden.'))];
  if (!canCreate) return [new NoteNode(id, t('No topics yet.'))];
  const command = { command: 'kafkaRest.createTopic', title: '', arguments: [{ cluster }] };
  return [new NoteNode(id, t('No topics yet. Click to create one.'), command)];
}

/** Returns the row that says how many topics are left out, because there are too many to show. */
function moreNote(parent: string, { matching, shown }: TopicSelection): readonly NoteNode[] {
  const t = vscode.l10n.t;
  const left = matching - shown.length;
  if (left === 0) return [];
  const text = t('{0} more do not show. Click to filter the topics.', left);
  const command = { command: 'kafkaRest.filterTopics', title: t('Filter Topics') };
  return [new NoteNode(parent, text, command, 'filter')];
}

/** Returns the row that says how many topics are hidden, and shows or hides them on a click. */
function hiddenNote(
  parent: string,
  { hidden }: TopicSelection,
  { filter, showsHidden }: TreeSources,
): readonly NoteNode[] {
  const t = vscode.l10n.t;
  if (filter || hidden === 0) return [];
  const text = showsHidden
    ? t('{0} hidden. Click to hide again.', hidden)
    : t('{0} hidden. Click to show.', hidden);
  const command = { command: 'kafkaRest.showHiddenTopics', title: t('Show Hidden Topics') };
  return [new NoteNode(parent, text, command, showsHidden ? 'eye' : 'eye-closed')];
}
