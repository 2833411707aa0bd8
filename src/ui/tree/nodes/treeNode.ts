import * as vscode from 'vscode';
import type { ReadingRegistry } from '../../../core/schemaRegistry/registry';
import type { Connections } from '../../clusters/connections';
import type { PendingTopics } from '../pendingTopics';
import type { Pins } from '../memory/pins';
import type { NodeFacts } from '../memory/nodeFacts';
import type { Fetched } from '../memory/remembered';
import type { TreeMemory } from '../memory/treeMemory';
import { Menu } from './menu';

/** The sources from which nodes list their children. */
export interface TreeSources {
  readonly connections: Connections;
  /** Returns the schema registry of a cluster. */
  readonly registryOf: (cluster: string) => Promise<ReadingRegistry>;
  readonly pending: PendingTopics;
  readonly pins: Pins;
  /** The text that the person typed to filter the topics; empty for all. */
  readonly filter: string;
  /** Whether topics that the settings hide show as well. */
  readonly showsHidden: boolean;
  readonly memory: TreeMemory;
}

/** The appearance of a node. Its texts may hold anything: `toTreeItem` shows them safely. */
export interface NodeItem {
  readonly label: string;
  /** The id of a codicon, or an icon with its colour. */
  readonly icon: string | vscode.ThemeIcon;
  readonly description?: string | undefined;
  readonly tooltip?: string;
  /** What a screen reader says in place of label and description. */
  readonly spoken?: string;
  /** Whether its children show at first. */
  readonly expanded?: boolean;
  /** The command that a click runs. */
  readonly command?: vscode.Command;
  /** The URI by which a decoration finds the node. */
  readonly resourceUri?: vscode.Uri;
}

/**
 * A node of the clusters view. Each kind of node is a class in its own file in this folder;
 * `sections.ts` lists the nodes below a cluster. A command that is called on a node reads its
 * members as arguments: `cluster`, `topic`, `partition`.
 */
export abstract class TreeNode {
  /** The name of the class, which menus and tests use. */
  abstract readonly kind: string;
  /**
   * Stays the same across refreshes, so that VS Code keeps the expanded and selected nodes. It
   * begins with the id of the parent node, and names in it are escaped.
   */
  abstract readonly id: string;
  /** What *Copy Name* copies. */
  abstract readonly name: string;
  /** The commands that its menu offers. */
  readonly menu: Menu = Menu.none;

  /**
   * `parent` is the id of the parent node, `undefined` for a root. `cluster` is the name of the
   * cluster that the node belongs to, if any.
   */
  constructor(
    readonly parent: string | undefined,
    readonly cluster: string | undefined,
  ) {}

  /** What fails if listing its children fails; completes "Could not …". */
  get action(): string {
    return vscode.l10n.t('list what {0} holds', this.name);
  }

  /** Whether filter, pins and hidden topics decide which children show. */
  get isFiltered(): boolean {
    return false;
  }

  /** Whether `load` asks for offsets, which some REST proxies do not tell. */
  get probes(): boolean {
    return true;
  }

  /** Returns its appearance. */
  abstract item(facts: NodeFacts): NodeItem;

  /** Lists the children; a kind without this method has none. Rejects with the failure. */
  children?(sources: TreeSources, signal: AbortSignal): Promise<readonly TreeNode[]>;

  /** Fetches facts that its row and its tooltip show. */
  load?(sources: TreeSources, signal: AbortSignal): Promise<Fetched<unknown>>;

  /** Fetches, in place of `load`, all that its tooltip shows, if that takes more than the row. */
  loadDetails?(sources: TreeSources, signal: AbortSignal): Promise<unknown>;

  /** Returns details for the tooltip. Everything that comes from outside must be escaped. */
  tooltip?(facts: NodeFacts, sources: TreeSources): vscode.MarkdownString;
}

/** Returns an id below another one. Names may contain slashes. */
export function idBelow(parent: string, ...names: readonly (string | number)[]): string {
  const escaped = names.map((name) => String(name).replace(/[%/]/g, encodeURIComponent));
  return [parent, ...escaped].join('/');
}

/** Returns the id of the node of a cluster. */
export function clusterId(cluster: string): string {
  return idBelow('cluster', cluster);
}

/** Returns the id of the node of a cluster's topics. */
export function topicsId(cluster: string): string {
  return idBelow(clusterId(cluster), 'topics');
}

/** Returns the id of the node of the subjects of a cluster's schema registry. */
export function subjectsId(cluster: string): string {
  return idBelow(clusterId(cluster), 'subjects');
}

/** The list of all things of a kind that a cluster has. The filter chooses which of them show. */
export abstract class ListNode extends TreeNode {
  constructor(
    override readonly parent: string,
    override readonly cluster: string,
  ) {
    super(parent, cluster);
  }

  get name(): string {
    return this.cluster;
  }

  override get isFiltered(): boolean {
    return true;
  }
}
