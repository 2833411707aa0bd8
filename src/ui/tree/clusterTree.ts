import * as vscode from 'vscode';
import { KafkaError } from '../../core/errors';
import type { ClusterStore } from '../clusters/clusters';
import { fieldProblem } from '../words/fieldProblem';
import type { PendingTopics } from './pendingTopics';
import type { Reporter } from '../words/report';
import { hiddenTopics, topicFilter } from '../base/topicFilter';
import { clusterId, type Node, nodeId, tooltip, toTreeItem } from './treeNodes';

/** The clusters view: maps nodes to their children. Each listing is fetched when it is expanded. */
export class ClusterTree implements vscode.TreeDataProvider<Node> {
  readonly #changed = new vscode.EventEmitter<Node | undefined>();
  readonly #subscriptions: vscode.Disposable;
  /** VS Code knows a node by its object, so the same node must stay the same object. */
  readonly #nodes = new Map<string, Node>();
  #filter: string | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    private readonly clusters: ClusterStore,
    private readonly pending: PendingTopics,
    private readonly reporter: Reporter,
  ) {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      clusters.onDidChange((cluster) => {
        if (cluster === undefined) this.refresh();
        else this.#refresh(clusterId(cluster));
      }),
      pending.onDidChange((cluster) => {
        this.#refresh(nodeId({ kind: 'topics', cluster }));
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('kafkaRest.hiddenTopics')) this.refresh();
      }),
    );
  }

  get filter(): string | undefined {
    return this.#filter;
  }

  set filter(text: string | undefined) {
    this.#filter = text;
    void vscode.commands.executeCommand('setContext', 'kafkaRest.topicsFiltered', !!text);
    for (const node of this.#nodes.values()) {
      if (node.kind === 'topics') this.#changed.fire(node);
    }
  }

  /** Fetches what is below a node again; for a failure or a note, what it stands for. */
  refresh(what?: Node): void {
    if (what === undefined) this.#changed.fire(undefined);
    else
      this.#refresh(nodeId(what.kind === 'problem' || what.kind === 'note' ? what.parent : what));
  }

  /** Fetches the partitions of a topic again, where they are shown. */
  refreshTopic(cluster: string, topic: string): void {
    this.#refresh(nodeId({ kind: 'topic', cluster, topic }));
  }

  #refresh(id: string): void {
    const node = this.#nodes.get(id);
    if (node) this.#changed.fire(node);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const cluster = 'cluster' in node ? this.clusters.get(node.cluster) : undefined;
    return toTreeItem(node, cluster?.definition);
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node): vscode.TreeItem {
    item.tooltip ??= tooltip(node);
    return item;
  }

  getParent(node: Node): Node | undefined {
    switch (node.kind) {
      case 'cluster':
      case 'emulator':
      case 'invalidCluster':
        return undefined;
      case 'brokers':
      case 'topics':
        return this.#nodes.get(clusterId(node.cluster));
      case 'broker':
        return this.#nodes.get(nodeId({ kind: 'brokers', cluster: node.cluster }));
      case 'topic':
      case 'pendingTopic':
        return this.#nodes.get(nodeId({ kind: 'topics', cluster: node.cluster }));
      case 'partition':
        return this.#nodes.get(nodeId({ kind: 'topic', cluster: node.cluster, topic: node.topic }));
      case 'note':
      case 'problem':
        return node.parent;
    }
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) return this.#intern(this.#roots());
    const children = await this.#load(node);
    return this.#intern(children);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #roots(): Node[] {
    this.#nodes.clear();
    const hasClusters = this.clusters.list().length > 0;
    void vscode.commands.executeCommand('setContext', 'kafkaRest.hasClusters', hasClusters);
    const clusters = this.clusters.list().map(({ definition, emulator }): Node => {
      const host = new URL(definition.endpoint).host;
      return { kind: emulator ? 'emulator' : 'cluster', cluster: definition.name, host };
    });
    const invalid = this.clusters.invalid().map(({ index, name, field, problem }): Node => ({
      kind: 'invalidCluster',
      label: name ?? vscode.l10n.t('Cluster {0} of the settings', index + 1),
      reason: `${field}: ${fieldProblem(problem)}`,
    }));
    return [...clusters, ...invalid];
  }

  async #load(node: Node): Promise<Node[]> {
    switch (node.kind) {
      case 'cluster':
      case 'emulator':
        return [
          { kind: 'brokers', cluster: node.cluster },
          { kind: 'topics', cluster: node.cluster },
        ];
      case 'brokers':
        return this.#listing(node, vscode.l10n.t('list the brokers'), async () => {
          const brokers = await this.clusters.proxy(node.cluster).brokers();
          return brokers.map((broker) => ({ kind: 'broker', cluster: node.cluster, broker }));
        });
      case 'topics':
        return this.#listing(node, vscode.l10n.t('list the topics'), () =>
          this.#topics(node, node.cluster),
        );
      case 'topic': {
        const { cluster, topic } = node;
        return this.#listing(node, vscode.l10n.t('list the partitions of {0}', topic), async () => {
          const partitions = await this.clusters.proxy(cluster).partitions(topic);
          return partitions.map((info) => ({
            kind: 'partition',
            cluster,
            topic,
            partition: info.id,
            info,
          }));
        });
      }
      case 'broker':
      case 'invalidCluster':
      case 'note':
      case 'partition':
      case 'pendingTopic':
      case 'problem':
        return [];
    }
  }

  /** The children, or the failure as the only child: never an empty list in its place. */
  async #listing(parent: Node, action: string, load: () => Promise<Node[]>): Promise<Node[]> {
    try {
      return await load();
    } catch (error) {
      this.reporter.record(action, error);
      return [{ kind: 'problem', parent, action, error, command: remedy(parent, error) }];
    }
  }

  async #topics(parent: Node, cluster: string): Promise<Node[]> {
    const t = vscode.l10n.t;
    const topics = await this.clusters.proxy(cluster).topics();
    const names = new Set(topics.map(({ name }) => name));
    const pending = this.pending.of(cluster).filter((name) => !names.has(name));
    const hidden = hiddenTopics();
    const visible = [...names].filter((name) => !hidden(name));
    const matches = this.#filter ? topicFilter(this.#filter) : () => true;
    const shown = visible.filter(matches);
    const nodes: Node[] = [
      ...pending.map((topic): Node => ({ kind: 'pendingTopic', cluster, topic })),
      ...shown.map((topic): Node => ({ kind: 'topic', cluster, topic })),
    ];
    if (this.#filter) {
      const text = t('{0} of {1} match “{2}”', shown.length, visible.length, this.#filter);
      const command = { command: 'kafkaRest.clearTopicFilter', title: t('Clear Topic Filter') };
      return [{ kind: 'note', parent, text, command }, ...nodes];
    }
    if (nodes.length > 0) return nodes;
    if (names.size === 0 && this.clusters.get(cluster)?.definition.protection === 'readOnly') {
      return [{ kind: 'note', parent, text: t('No topics yet.') }];
    }
    const text =
      names.size === 0
        ? t('No topics yet. Click to create one.')
        : t('All {0} topics are hidden. Click for the setting.', names.size);
    const command =
      names.size === 0
        ? { command: 'kafkaRest.createTopic', title: '', arguments: [{ cluster }] }
        : {
            command: 'workbench.action.openSettings',
            title: '',
            arguments: ['kafkaRest.hiddenTopics'],
          };
    return [{ kind: 'note', parent, text, command }];
  }

  /** Remembers the nodes by id, keeping the object of a node whose facts are all in its id. */
  #intern(nodes: readonly Node[]): Node[] {
    // Settings and servers may say things twice, and VS Code shows nothing at all then.
    const unique = new Map(nodes.map((node) => [nodeId(node), node]));
    return [...unique].map(([id, node]) => {
      const known = this.#nodes.get(id);
      const kept = known?.kind === node.kind && isNamedById(node) ? known : node;
      this.#nodes.set(id, kept);
      return kept;
    });
  }
}

function isNamedById({ kind }: Node): boolean {
  return kind === 'brokers' || kind === 'topics' || kind === 'topic';
}

/** What a click on a failure does about it. */
function remedy(parent: Node, error: unknown): vscode.Command {
  const kind = error instanceof KafkaError ? error.kind : undefined;
  const command =
    kind === 'secret-missing' || kind === 'secret-wrong' || kind === 'secret-expired'
      ? 'kafkaRest.replaceSecret'
      : 'kafkaRest.refresh';
  return { command, title: '', arguments: [parent] };
}
