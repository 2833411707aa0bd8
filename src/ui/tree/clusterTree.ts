import * as vscode from 'vscode';
import type { Connections } from '../clusters/connections';
import type { TopicChanges } from '../clusters/topicChanges';
import type { Reporter } from '../words/reporter';
import { Listings } from './listings';
import { NodeMap } from './nodeMap';
import { ProblemNode } from './nodes/problem';
import { rootsOf } from './nodes/roots';
import type { NodeFacts } from './memory/nodeFacts';
import {
  clusterId,
  idBelow,
  subjectsId,
  topicsId,
  type TreeNode,
  type TreeSources,
} from './nodes/treeNode';
import type { PendingTopics } from './pendingTopics';
import { loadedUnasked, loadForTooltip } from './loading';
import { Pins } from './memory/pins';
import { toTreeItem } from './treeItem';
import { TopicSizes } from './memory/topicSizes';
import { TreeMemory } from './memory/treeMemory';
import { type ShownView, Visibility } from './visibility';

/**
 * The clusters view. It walks the nodes, which know their children. Each listing is fetched when
 * its node is expanded. A listing under way is aborted and started again if its node or one above
 * it is refreshed or changes, and aborted for good when the view is disposed of. Collapsing a node
 * aborts nothing: VS Code keeps the result and shows it when the node is expanded again.
 */
export class ClusterTree implements vscode.TreeDataProvider<TreeNode> {
  readonly pins: Pins;
  readonly #changed = new vscode.EventEmitter<TreeNode | undefined>();
  readonly #refreshed = new vscode.EventEmitter<string | undefined>();
  readonly #subscriptions: vscode.Disposable;
  readonly #listings = new Listings<readonly TreeNode[]>();
  readonly #memory = new TreeMemory((cluster) => {
    this.#repaint(clusterId(cluster));
  });
  readonly #sizes = new TopicSizes((id) => {
    this.#repaint(id);
  });
  readonly #nodes = new NodeMap();
  readonly #visibility = new Visibility();
  #filter = '';
  #showsHidden = false;

  readonly onDidChangeTreeData = this.#changed.event;
  /** Fires with the cluster that the person refreshed, or with `undefined` for all of them. */
  readonly onDidRefresh = this.#refreshed.event;

  constructor(
    private readonly connections: Connections,
    private readonly registryOf: TreeSources['registryOf'],
    topics: TopicChanges,
    private readonly pending: PendingTopics,
    private readonly reporter: Reporter,
    state: vscode.Memento,
  ) {
    const { clusters } = connections;
    this.pins = new Pins(state, () => {
      this.#relist();
    });
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#refreshed,
      this.#listings,
      this.#visibility,
      clusters.onDidChange((cluster) => {
        if (cluster === undefined) this.#refresh();
        else {
          const id = clusterId(cluster);
          this.#memory.forget(id, clusters.get(cluster)?.definition);
          this.#refresh(id);
        }
      }),
      topics.onDidChange(({ cluster, topic }) => {
        const id = topicsId(cluster);
        if (topic === undefined) this.#refresh(id);
        else this.#refreshTopic(idBelow(id, topic));
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('kafkaRest.hiddenTopics')) this.#relist();
      }),
    );
  }

  /** Follows the view that shows the tree. */
  attach(view: ShownView): void {
    this.#visibility.follow(view, (isVisible) => {
      if (isVisible) this.#relistSettled();
      else this.#sizes.stop();
    });
  }

  /** The text that the person typed to filter the topics; empty for all. */
  get filter(): string {
    return this.#filter;
  }

  set filter(text: string) {
    if (text === this.#filter) return;
    this.#filter = text;
    void vscode.commands.executeCommand('setContext', 'kafkaRest.topicsFiltered', text !== '');
    this.#relist();
  }

  /** Whether topics that the settings hide show, greyed. */
  get showsHidden(): boolean {
    return this.#showsHidden;
  }

  set showsHidden(shows: boolean) {
    this.#showsHidden = shows;
    this.#relist();
  }

  /** Returns the names of the topics of all clusters that were listed, hidden ones included. */
  knownTopics(): readonly { readonly cluster: string; readonly names: readonly string[] }[] {
    return this.connections.clusters.list().flatMap(({ definition }) => {
      const { name: cluster } = definition;
      const names = this.#memory.topics.get(topicsId(cluster), definition)?.value;
      return names ? [{ cluster, names }] : [];
    });
  }

  /**
   * Fetches the children of a node again because the person asked for it. A node without children
   * refreshes its siblings; no node means everything.
   */
  refresh(node?: TreeNode): void {
    this.#refresh(node?.children ? node.id : node?.parent);
    this.#refreshed.fire(node?.cluster);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const facts = this.#factsOf(node);
    const { definition } = facts;
    const isExpanded = this.#visibility.isExpanded(node.id);
    if (!definition) return toTreeItem(node, facts, isExpanded);
    const capabilities = this.connections.capabilities(definition.name);
    return toTreeItem(node, facts, isExpanded, { definition, capabilities });
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    node: TreeNode,
    token?: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    const sources = this.#sources();
    await loadForTooltip(node, this.#factsOf(node), sources, token);
    item.tooltip ??= node.tooltip?.(this.#factsOf(node), sources);
    return item;
  }

  getParent({ parent }: TreeNode): TreeNode | undefined {
    return this.#nodes.get(parent);
  }

  /**
   * Returns the children, or the failure as the only child; never an empty list instead of a
   * failure.
   */
  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (!node) {
      const roots = this.#nodes.intern(rootsOf(this.connections.clusters));
      this.#nodes.keepBelow(roots);
      const hasClusters = roots.some(({ cluster }) => cluster !== undefined);
      void vscode.commands.executeCommand('setContext', 'kafkaRest.hasClusters', hasClusters);
      return roots;
    }
    const children = await this.#listings.get(node.id, (signal) => this.#list(node, signal));
    const interned = this.#nodes.intern(children);
    this.#loadSizes(node, interned);
    return interned;
  }

  dispose(): void {
    this.#sizes.stop();
    this.#subscriptions.dispose();
  }

  /** Fetches the subjects of a cluster again, after one of them has changed. */
  refreshSubjects(cluster: string): void {
    this.#refresh(subjectsId(cluster));
  }

  /** Fetches the children of a node again. */
  #refresh(id?: string): void {
    this.#memory.renew(id);
    this.#listings.restart(id);
    this.#fire(id);
  }

  /** Fetches a topic again, and its size if that shows although the topic is not expanded. */
  #refreshTopic(id: string): void {
    this.#refresh(id);
    const node = this.#nodes.get(id);
    if (node && this.#factsOf(node).partitions && !this.#isOpen(id)) this.#sizeUp(id, [node]);
  }

  /** Chooses again which of the topics show, without a request. */
  #relist(): void {
    for (const { id } of this.#nodes.filtered()) {
      if (!this.#listings.isRunning(id)) this.#recall(id);
      this.#listings.restart(id);
      this.#fire(id);
    }
  }

  /** Has VS Code ask for lists that it got before it said that the view shows: they lack sizes. */
  #relistSettled(): void {
    for (const { id } of this.#nodes.filtered()) {
      if (this.#isOpen(id) && !this.#listings.isRunning(id)) this.#repaint(id);
    }
  }

  /** Has a node drawn again whose facts have changed, without a request. */
  #repaint(id: string): void {
    this.#recall(id);
    this.#fire(id);
  }

  /** Prepares for the questions that VS Code asks because of `#fire`; while hidden, it asks none. */
  #recall(id: string): void {
    if (this.#visibility.isVisible) this.#memory.recall(id, (each) => this.#isOpen(each));
  }

  #fire(id?: string): void {
    const node = this.#nodes.get(id);
    if (node || id === undefined) this.#changed.fire(node);
  }

  #isOpen(id: string): boolean {
    return this.#visibility.isExpanded(id) ?? this.#nodes.get(id)?.item({}).expanded === true;
  }

  #sources(): TreeSources {
    return {
      connections: this.connections,
      registryOf: this.registryOf,
      pending: this.pending,
      pins: this.pins,
      memory: this.#memory,
      filter: this.#filter,
      showsHidden: this.#showsHidden,
    };
  }

  #factsOf({ cluster, id }: TreeNode): NodeFacts {
    const definition =
      cluster === undefined ? undefined : this.connections.clusters.get(cluster)?.definition;
    return this.#memory.factsOf(id, definition);
  }

  async #list(node: TreeNode, signal: AbortSignal): Promise<readonly TreeNode[]> {
    const before = this.#factsOf(node);
    const children = await this.#childrenOf(node, signal);
    const problem = children.find((child) => child instanceof ProblemNode);
    if (problem) this.reporter.record(node.action, problem.error);
    if (node.item(before).description !== node.item(this.#factsOf(node)).description) {
      this.#repaint(node.id);
    }
    return children;
  }

  async #childrenOf(node: TreeNode, signal: AbortSignal): Promise<readonly TreeNode[]> {
    try {
      return (await node.children?.(this.#sources(), signal)) ?? [];
    } catch (error) {
      signal.throwIfAborted();
      return [new ProblemNode(node, error)];
    }
  }

  /** Fetches what the rows of a list lack, or what is older than the list. */
  #loadSizes(list: TreeNode, nodes: readonly TreeNode[]): void {
    const { definition } = this.#factsOf(list);
    const probes = definition && this.connections.capabilities(definition.name).probes;
    const sized = definition ? loadedUnasked(nodes, probes) : [];
    this.#sizeUp(list.id, definition ? this.#memory.outdated(list.id, sized, definition) : []);
  }

  #sizeUp(list: string, nodes: readonly TreeNode[]): void {
    if (!this.#visibility.isVisible) return;
    const tasks = nodes.map((node) => ({
      id: node.id,
      fetch: async (signal: AbortSignal) => node.load?.(this.#sources(), signal),
    }));
    void this.#sizes.load(list, tasks);
  }
}
