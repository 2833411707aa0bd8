import * as vscode from 'vscode';
import { inabilityOf } from '../../../core/cluster/abilities';
import { hiddenTopics, topicFilter } from '../../base/topicFilter';
import { Menu } from './menu';
import { NoteNode } from './note';
import { PendingTopicNode } from './pendingTopic';
import { TopicNode } from './topic';
import { idBelow, type NodeItem, TreeNode, type TreeSources } from './treeNode';

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
    return topicsId(this.parent);
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
    const { connections, pending, filter } = sources;
    const listed = await connections.proxy(cluster).topics({ signal });
    const names = listed.map(({ name }) => name);
    const topics = select(names, pending.of(cluster), filter);
    const definition = connections.clusters.get(cluster)?.definition;
    const { capabilities } = connections.proxy(cluster);
    const canCreate = definition && !inabilityOf({ definition, capabilities }, 'createTopic');
    const note = noteOn(topics, filter, canCreate === true && { cluster });
    return [
      ...(note ? [new NoteNode(id, note.text, note.command)] : []),
      ...topics.pending.map((name) => new PendingTopicNode(id, cluster, name)),
      ...topics.shown.map((name) => new TopicNode(id, cluster, name)),
    ];
  }
}

/** Returns the id of the node of a cluster's topics. */
export function topicsId(cluster: string): string {
  return idBelow(cluster, 'topics');
}

/** The topics of a cluster, and which of them are shown. */
interface TopicSelection {
  /** How many topics the cluster has. */
  readonly total: number;
  /** How many of them the settings do not hide. */
  readonly visible: number;
  /** Those that match the filter as well. */
  readonly shown: readonly string[];
  /** Topics that are being created and not listed yet. */
  readonly pending: readonly string[];
}

function select(
  listed: readonly string[],
  created: readonly string[],
  filter: string,
): TopicSelection {
  const names = new Set(listed);
  const hidden = hiddenTopics();
  const visible = [...names].filter((name) => !hidden(name));
  return {
    total: names.size,
    visible: visible.length,
    shown: filter ? visible.filter(topicFilter(filter)) : visible,
    pending: created.filter((name) => !names.has(name)),
  };
}

interface Note {
  readonly text: string;
  readonly command?: vscode.Command;
}

/** Returns the note above or instead of the topics; `create` says whether one may be created. */
function noteOn(
  { total, visible, shown, pending }: TopicSelection,
  filter: string,
  create: { readonly cluster: string } | false,
): Note | undefined {
  const t = vscode.l10n.t;
  if (filter) {
    return {
      text: t('{0} of {1} match “{2}”', shown.length, visible, filter),
      command: { command: 'kafkaRest.clearTopicFilter', title: t('Clear Topic Filter') },
    };
  }
  if (shown.length + pending.length > 0) return undefined;
  if (total > 0) {
    return {
      text:
        total === 1
          ? t('The only topic is hidden. Click to open the setting.')
          : t('All {0} topics are hidden. Click to open the setting.', total),
      command: {
        command: 'workbench.action.openSettings',
        title: '',
        arguments: ['kafkaRest.hiddenTopics'],
      },
    };
  }
  if (!create) return { text: t('No topics yet.') };
  return {
    text: t('No topics yet. Click to create one.'),
    command: { command: 'kafkaRest.createTopic', title: '', arguments: [create] },
  };
}
