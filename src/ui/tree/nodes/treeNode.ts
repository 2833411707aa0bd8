import type * as vscode from 'vscode';
import type { ClusterDefinition } from '../../../core/cluster/definition';
import type { ClusterStore } from '../../clusters/clusters';
import type { PendingTopics } from '../pendingTopics';
import { Menu } from './menu';

/** What nodes find their children in. */
export interface TreeSources {
  readonly clusters: ClusterStore;
  readonly pending: PendingTopics;
  /** What a person typed to filter the topics; empty for all. */
  readonly filter: string;
}

/** How a node looks. Its texts may hold anything: `toTreeItem` shows them safely. */
export interface NodeItem {
  readonly label: string;
  /** The id of a codicon, or an icon with its colour. */
  readonly icon: string | vscode.ThemeIcon;
  readonly description?: string;
  readonly tooltip?: string;
  /** What a screen reader says in place of the label. */
  readonly spoken?: string;
  /** Whether its children show at first. */
  readonly expanded?: boolean;
  /** What a click does. */
  readonly command?: vscode.Command;
  /** The address by which a decoration finds it. */
  readonly resourceUri?: vscode.Uri;
}

/**
 * A node of the clusters view. A kind of node is a class in a file of its own in this folder; `sections.ts`
 * lists what stands below a cluster. What a node holds as members is what a command gets that is called
 * on it: `cluster`, `topic`, `partition`.
 */
export abstract class TreeNode {
  /** The name of the class, as menus and tests know it. */
  abstract readonly kind: string;
  /**
   * Stable across refreshes, so that VS Code keeps what is expanded and selected. It begins with the
   * id of the node above, whose names are escaped in it.
   */
  abstract readonly id: string;
  /** What *Copy Name* copies. */
  abstract readonly name: string;
  /** The commands that its menu offers. */
  readonly menu: Menu = Menu.none;

  /**
   * `parent` is the id of the node above, `undefined` for a root; `cluster` is the name of the cluster
   * that it belongs to, if it belongs to one.
   */
  constructor(
    readonly parent: string | undefined,
    readonly cluster: string | undefined,
  ) {}

  /** What listing its children does, which completes "Could not …". */
  get action(): string {
    return '';
  }

  /** Whether the filter of the view decides which children show. */
  get isFiltered(): boolean {
    return false;
  }

  /** How it looks, where `definition` is that of its cluster. */
  abstract item(definition?: ClusterDefinition): NodeItem;

  /** Lists what is below it; a kind without this has no children. Rejects with what went wrong. */
  children?(sources: TreeSources, signal: AbortSignal): Promise<readonly TreeNode[]>;

  /** The details that are only wanted when the pointer rests on it, of what is known already. */
  tooltip?(): vscode.MarkdownString;
}

/** An id below another one; names may hold slashes. */
export function idBelow(parent: string, ...names: readonly (string | number)[]): string {
  const escaped = names.map((name) => String(name).replace(/[%/]/g, encodeURIComponent));
  return [parent, ...escaped].join('/');
}
