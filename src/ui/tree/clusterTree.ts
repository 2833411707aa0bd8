import * as vscode from 'vscode';
import type { ClusterStore } from '../clusters/clusters';
import type { Connections } from '../clusters/connections';
import type { TopicChanges } from '../clusters/topicChanges';
import { fieldProblem } from '../words/fieldProblem';
import type { Reporter } from '../words/reporter';
import { Listings } from './listings';
import { clusterId, ClusterNode } from './nodes/cluster';
import { EmulatorNode } from './nodes/emulator';
import { InvalidClusterNode } from './nodes/invalidCluster';
import { ProblemNode } from './nodes/problem';
import { topicsId } from './nodes/topics';
import { idBelow, type TreeNode } from './nodes/treeNode';
import type { PendingTopics } from './pendingTopics';
import { toTreeItem } from './treeItem';

/**
 * The clusters view. It walks the nodes, which know their children. Each listing is fetched when
 * its node is expanded. A listing under way is aborted and started again if its node or one above
 * it is refreshed or changes, and aborted for good when the view is disposed of. Collapsing a node
 * aborts nothing: VS Code keeps the result and shows it when the node is expanded again.
 */
export class ClusterTree implements vscode.TreeDataProvider<TreeNode> {
  readonly #connections: Connections;
  readonly #clusters: ClusterStore;
  readonly #pending: PendingTopics;
  readonly #reporter: Reporter;
  readonly #changed = new vscode.EventEmitter<TreeNode | undefined>();
  readonly #refreshed = new vscode.EventEmitter<string | undefined>();
  readonly #subscriptions: vscode.Disposable;
  readonly #listings = new Listings<readonly TreeNode[]>();
  /** VS Code identifies a node by its object, so the same node must stay the same object. */
  readonly #nodes = new Map<string, TreeNode>();
  #filter = '';

  readonly onDidChangeTreeData = this.#changed.event;
  /** Fires with the cluster that the person refreshed, or with `undefined` for all of them. */
  readonly onDidRefresh = this.#refreshed.event;

  constructor(
    connections: Connections,
    topics: TopicChanges,
    pending: PendingTopics,
    reporter: Reporter,
  ) {
    this.#connections = connections;
    this.#clusters = connections.clusters;
    this.#pending = pending;
    this.#reporter = reporter;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#refreshed,
      this.#listings,
      connections.clusters.onDidChange((cluster) => {
        this.#refresh(cluster === undefined ? undefined : clusterId(cluster));
      }),
      topics.onDidChange(({ cluster, topic }) => {
        const id = topicsId(clusterId(cluster));
        this.#refresh(topic === undefined ? id : idBelow(id, topic));
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('kafkaRest.hiddenTopics')) this.#refresh();
      }),
    );
  }

  /** The text that the person typed to filter the topics; empty for all. */
  get filter(): string {
    return this.#filter;
  }

  set filter(text: string) {
    this.#filter = text;
    void vscode.commands.executeCommand('setContext', 'kafkaRest.topicsFiltered', text !== '');
    for (const [id, { isFiltered }] of this.#nodes) if (isFiltered) this.#refresh(id);
  }

  /**
   * Fetches the children of a node again because the person asked for it. A node without children
   * refreshes its siblings; no node means everything.
   */
  refresh(node?: TreeNode): void {
    this.#refresh(node?.children ? node.id : node?.parent);
    this.#refreshed.fire(node?.cluster);
  }

  #refresh(id?: string): void {
    this.#listings.restart(id);
    const node = id === undefined ? undefined : this.#nodes.get(id);
    if (node || id === undefined) this.#changed.fire(node);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const cluster = node.cluster === undefined ? undefined : this.#clusters.get(node.cluster);
    if (!cluster) return toTreeItem(node);
    const { definition } = cluster;
    const { capabilities } = this.#connections.proxy(definition.name);
    return toTreeItem(node, { definition, capabilities });
  }

  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    item.tooltip ??= node.tooltip?.();
    return item;
  }

  getParent({ parent }: TreeNode): TreeNode | undefined {
    return parent === undefined ? undefined : this.#nodes.get(parent);
  }

  /**
   * Returns the children, or the failure as the only child; never an empty list instead of a
   * failure.
   */
  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (!node) return this.#intern(this.#roots());
    const children = await this.#listings.get(node.id, async (signal) => {
      const sources = {
        connections: this.#connections,
        pending: this.#pending,
        filter: this.#filter,
      };
      try {
        return (await node.children?.(sources, signal)) ?? [];
      } catch (error) {
        signal.throwIfAborted();
        this.#reporter.record(node.action, error);
        return [new ProblemNode(node, error)];
      }
    });
    return this.#intern(children);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #roots(): TreeNode[] {
    this.#nodes.clear();
    const clusters = this.#clusters.list().map(({ definition, emulator }) => {
      const Root = emulator ? EmulatorNode : ClusterNode;
      return new Root(definition.name, new URL(definition.endpoint).host);
    });
    const hasClusters = clusters.length > 0;
    void vscode.commands.executeCommand('setContext', 'kafkaRest.hasClusters', hasClusters);
    const invalid = this.#clusters
      .invalid()
      .map(
        ({ index, name, field, problem }) =>
          new InvalidClusterNode(
            name ?? vscode.l10n.t('Cluster {0} of the settings', index + 1),
            `${field}: ${fieldProblem(problem)}`,
          ),
      );
    return [...clusters, ...invalid];
  }

  /** Remembers the nodes by id, and keeps the old object of a node that has not changed. */
  #intern(nodes: readonly TreeNode[]): TreeNode[] {
    // Settings and servers may list a name twice, and VS Code would then show nothing at all.
    const unique = new Map(nodes.map((node) => [node.id, node]));
    return [...unique].map(([id, node]) => {
      const known = this.#nodes.get(id);
      if (known && isSame(known, node)) return known;
      this.#nodes.set(id, node);
      return node;
    });
  }
}

/** Returns whether two nodes hold the same values. */
function isSame(a: TreeNode, b: TreeNode): boolean {
  if (a.kind !== b.kind) return false;
  for (const name in b) if (Reflect.get(a, name) !== Reflect.get(b, name)) return false;
  return true;
}
