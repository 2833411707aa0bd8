import * as vscode from 'vscode';
import type { TreeNode } from './nodes/treeNode';

/** What shows of the tree: whether its view does, and which nodes are expanded. */
export class Visibility implements vscode.Disposable {
  /** The ids of the expanded nodes, so that one that a filter hides comes back expanded. */
  readonly #expanded = new Set<string>();
  #view: Pick<vscode.TreeView<TreeNode>, 'visible'> = { visible: false };
  #subscriptions: vscode.Disposable | undefined;

  get isVisible(): boolean {
    return this.#view.visible;
  }

  isExpanded(id: string): boolean {
    return this.#expanded.has(id);
  }

  /** Follows a view; `hidden` is called whenever it is hidden. */
  follow(view: vscode.TreeView<TreeNode>, hidden: () => void): void {
    this.#view = view;
    this.#subscriptions = vscode.Disposable.from(
      view.onDidChangeVisibility(({ visible }) => {
        if (!visible) hidden();
      }),
      view.onDidExpandElement(({ element }) => this.#expanded.add(element.id)),
      view.onDidCollapseElement(({ element }) => this.#expanded.delete(element.id)),
    );
  }

  dispose(): void {
    this.#subscriptions?.dispose();
  }
}
