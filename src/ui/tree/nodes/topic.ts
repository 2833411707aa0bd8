import * as vscode from 'vscode';
import { listed } from '../../../l10n/listed';
import type { Partition } from '../../../core/kafka';
import { countIn, messages, partitions as inWords } from '../../words/counts';
import { greyedUri } from '../greyed';
import type { NodeFacts } from '../memory/nodeFacts';
import type { Fetched } from '../memory/remembered';
import { AnyTopicNode } from './anyTopic';
import { ConfigurationNode } from './configuration/configuration';
import { Menu } from './menu';
import { openOnDoubleClick } from './opening';
import { PartitionNode } from './partition';
import { staleRow } from './problem';
import { schemaRows } from './schemas/words';
import { tooltipOf, type TooltipRow } from './tooltip';
import type { NodeItem, TreeNode, TreeSources } from './treeNode';

const menu = new Menu(
  [
    'openMessages',
    'consume',
    'viewMessages',
    'followMessages',
    'produceMessage',
    'newKafkaFile',
    'newSchemaMessage',
    'openValueSchema',
    'openKeySchema',
    'exportMessages',
    'produceFile',
    'copyMessages',
    'decodeAs',
    'pinTopic',
    'unpinTopic',
    'hideTopic',
    'unhideTopic',
    'refresh',
    'copyName',
    'copyLink',
    'changeConfiguration',
    'addPartitions',
    'deleteTopic',
  ],
  ['consume', 'produceMessage', 'refresh'],
);

/** Whether a topic stands before the others, or shows although the settings hide it. */
export type TopicPlace = 'plain' | 'pinned' | 'hidden';

const menus: Readonly<Record<TopicPlace, Menu>> = {
  plain: menu.without('unpinTopic', 'unhideTopic'),
  pinned: menu.without('pinTopic', 'unhideTopic'),
  hidden: menu.without('pinTopic', 'unpinTopic', 'hideTopic'),
};

const icons: Readonly<Record<TopicPlace, string>> = {
  plain: 'inbox',
  pinned: 'pinned',
  hidden: 'eye-closed',
};

/** A topic of a cluster. */
export class TopicNode extends AnyTopicNode {
  readonly kind = 'topic';
  override readonly menu: Menu;

  constructor(
    parent: string,
    cluster: string,
    topic: string,
    readonly place: TopicPlace = 'plain',
  ) {
    super(parent, cluster, topic);
    this.menu = menus[place];
  }

  override get action(): string {
    return vscode.l10n.t('list the partitions of {0}', this.topic);
  }

  item({ partitions }: NodeFacts): NodeItem {
    const { topic, place } = this;
    const size = partitions && sizeOf(partitions);
    const spoken = listed([topic, placeInWords(place), size?.spoken ?? ''].filter(Boolean));
    return {
      label: topic,
      icon: icons[place],
      description: size?.short,
      ...(spoken !== topic && { spoken }),
      command: openOnDoubleClick(this),
      ...(place === 'hidden' && { resourceUri: greyedUri(this.id) }),
    };
  }

  override load(sources: TreeSources, signal: AbortSignal): Promise<Fetched<unknown>> {
    return this.#fetch(sources, signal);
  }

  override tooltip(
    { definition, partitions }: NodeFacts,
    sources: TreeSources,
  ): vscode.MarkdownString {
    const t = vscode.l10n.t;
    const rows: TooltipRow[] = [];
    if (definition) rows.push([t('Cluster'), definition.name]);
    if (partitions) {
      const count = countIn(partitions);
      const size =
        count === undefined
          ? t('unknown, because the REST proxy does not tell the offsets')
          : t('{0}, fewer if the topic is compacted', String(count));
      rows.push([t('Messages'), size]);
      rows.push([t('Partitions'), String(partitions.length)]);
      const replicas = [...new Set(partitions.map((each) => each.replicas.length))];
      if (!replicas.includes(0)) rows.push([t('Replicas'), replicas.join(', ')]);
      const short = partitions.filter((each) => each.isr.length < each.replicas.length);
      if (short.length > 0) {
        rows.push([t('Partitions out of sync'), short.map(({ id }) => id).join(', ')]);
      }
    }
    rows.push(...schemaRows(this, sources));
    const place = placeInWords(this.place);
    return tooltipOf(this.topic, rows, place === '' ? [] : [t('This topic is {0}.', place)]);
  }

  override async children(sources: TreeSources, signal: AbortSignal): Promise<TreeNode[]> {
    const { id, cluster, topic } = this;
    const capabilities = sources.connections.capabilities(cluster);
    const fetched = await this.#fetch(sources, signal);
    return [
      ...staleRow(this, fetched),
      ...(capabilities.topicProperties ? [new ConfigurationNode(id, cluster, topic)] : []),
      ...fetched.value.map((info) => new PartitionNode(id, cluster, topic, info)),
    ];
  }

  #fetch(
    { connections, memory }: TreeSources,
    signal: AbortSignal,
  ): Promise<Fetched<readonly Partition[]>> {
    const { id, cluster, topic } = this;
    const { definition } = connections.clusters.require(cluster);
    return memory.partitions.fetch(id, definition, signal, async () => {
      const proxy = await connections.proxy(cluster);
      return proxy.partitions(topic, { signal });
    });
  }
}

function placeInWords(place: TopicPlace): string {
  if (place === 'plain') return '';
  return place === 'pinned' ? vscode.l10n.t('pinned') : vscode.l10n.t('hidden by the settings');
}

/** Returns the size of a topic in words, and in fewer for a narrow row. */
function sizeOf(partitions: readonly Partition[]): Record<'short' | 'spoken', string> {
  const t = vscode.l10n.t;
  const count = countIn(partitions);
  const where = inWords(partitions.length);
  if (count === undefined) return { short: where, spoken: where };
  const number = count.toLocaleString(vscode.env.language);
  return { short: t('{0} in {1}', number, where), spoken: t('{0} in {1}', messages(count), where) };
}
