import * as vscode from 'vscode';
import { inabilityOf } from '../../../core/cluster/abilities';
import { inNaturalOrder } from '../../../core/text/naturalOrder';
import { hiddenTopics } from '../../base/topicFilter';
import { selectTopics, type TopicSelection } from '../selectTopics';
import { Menu } from './menu';
import { NoteNode } from './note';
import { PendingTopicNode } from './pendingTopic';
import { staleRow } from './problem';
import { TopicNode } from './topic';
import { type NodeItem, topicsId, TreeNode, type TreeSources } from './treeNode';

const menu = new Menu(
  ['createTopic', 'filterTopics', 'refresh'],
  ['createTopic', 'filterTopics', 'refresh'],
);

/** The topics of a cluster. */
export class TopicsNode extends TreeNode {
  readonly kind = 'topics';
  override readonly menu = menu;

  constructor(
    override readonly parent: string,
    override readonly cluster: string,
  ) {
    super(parent, cluster);
  }

  get id(): string {
    return topicsId(this.cluster);
  }

  get name(): string {
    return this.cluster;
  }

  override get action(): string {
    return vscode.l10n.t('list the topics');
  }

  override get isFiltered(): boolean {
    return true;
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
    const note = noteOn(topics, created.length, filter, canCreate && { cluster });
    return [
      ...staleRow(this, fetched),
      ...(note ? [new NoteNode(id, note.text, note.command)] : []),
      ...created.map((name) => new PendingTopicNode(id, cluster, name)),
      ...topics.shown.map(({ name, place }) => new TopicNode(id, cluster, name, place)),
      ...hiddenNote(id, topics, sources),
    ];
  }
}

interface Note {
  readonly text: string;
  readonly command?: vscode.Command;
}

/** Returns the note above or instead of the topics; `create` says whether one may be created. */
function noteOn(
  { visible, hidden, shown }: TopicSelection,
  created: number,
  filter: string,
  create: { readonly cluster: string } | false,
): Note | undefined {
  const t = vscode.l10n.t;
  if (filter) {
    const text =
      shown.length === 0
        ? t('No topic matches “{0}”. Click to clear the filter.', filter)
        : t('{0} of {1} match “{2}”', shown.length, visible, filter);
    return {
      text,
      command: { command: 'kafkaRest.clearTopicFilter', title: t('Clear Topic Filter') },
    };
  }
  if (shown.length + created > 0) return undefined;
  if (hidden > 0) return { text: t('All topics are hidden.') };
  if (!create) return { text: t('No topics yet.') };
  return {
    text: t('No topics yet. Click to create one.'),
    command: { command: 'kafkaRest.createTopic', title: '', arguments: [create] },
  };
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
