import * as vscode from 'vscode';
import { KafkaError } from '../../../../core/errors';
import type { TopicProperty } from '../../../../core/administration';
import { Menu } from '../menu';
import { NoteNode } from '../note';
import { staleRow } from '../problem';
import { type NodeItem, TreeNode, type TreeSources } from '../treeNode';
import { PropertyNode } from './property';

const menu = new Menu(['changeConfiguration', 'refresh'], ['changeConfiguration', 'refresh']);

/** The configuration of a topic: what was set for it, and below one more node the defaults. */
export class ConfigurationNode extends TreeNode {
  readonly kind = 'configuration';
  override readonly menu = menu;

  constructor(
    override readonly parent: string,
    override readonly cluster: string,
    readonly topic: string,
  ) {
    super(parent, cluster);
  }

  get id(): string {
    return `${this.parent}//configuration`;
  }

  get name(): string {
    return this.topic;
  }

  override get action(): string {
    return vscode.l10n.t('read the configuration of {0}', this.topic);
  }

  item(): NodeItem {
    return { label: vscode.l10n.t('Configuration'), icon: 'settings-gear' };
  }

  override async children(sources: TreeSources, signal: AbortSignal): Promise<TreeNode[]> {
    const { id, cluster, topic } = this;
    const { connections, memory } = sources;
    const { definition } = connections.clusters.require(cluster);
    const proxy = await connections.proxy(cluster);
    const fetched = await memory.properties.fetch(id, definition, signal, async () => {
      if (!proxy.topicProperties) throw new KafkaError('unsupported');
      return proxy.topicProperties(topic, { signal });
    });
    const own = fetched.value.filter(({ isDefault }) => isDefault !== true);
    const defaults = fetched.value.filter(({ isDefault }) => isDefault === true);
    return [
      ...staleRow(this, fetched),
      ...(own.length === 0
        ? [new NoteNode(id, vscode.l10n.t('Nothing is set for this topic.'))]
        : own.map((property) => new PropertyNode(id, cluster, topic, property))),
      ...(defaults.length > 0 ? [new DefaultsNode(id, cluster, topic, defaults)] : []),
    ];
  }
}

/** The properties of a topic for which the defaults of the cluster hold. */
export class DefaultsNode extends TreeNode {
  readonly kind = 'defaults';

  constructor(
    override readonly parent: string,
    override readonly cluster: string,
    readonly topic: string,
    readonly properties: readonly TopicProperty[],
  ) {
    super(parent, cluster);
  }

  get id(): string {
    return `${this.parent}//defaults`;
  }

  get name(): string {
    return this.topic;
  }

  item(): NodeItem {
    const { length } = this.properties;
    const t = vscode.l10n.t;
    return { label: length === 1 ? t('1 default') : t('{0} defaults', length), icon: 'library' };
  }

  override children(): Promise<readonly TreeNode[]> {
    const { id, cluster, topic, properties } = this;
    const nodes = properties.map((each) => new PropertyNode(id, cluster, topic, each));
    return Promise.resolve(nodes);
  }
}
