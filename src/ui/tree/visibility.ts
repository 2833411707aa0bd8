import * as vscode from 'vscode';
import type { TreeNode } from './nodes/treeNode';

/** What shows of the tree: whether its view does, and which nodes are expanded. */
export class Visibility implements vscode.Disposable {
  /** Whether nodes were expanded or collapsed, so that one that a filter hides comes back as it was. */
  readonly #expanded = new Map<string, boolean>();
  #view: Pick<vscode.TreeView<TreeNode>, 'visible'> = { visible: false };
  #subscriptions: vscode.Disposable | undefined;

  get isVisible(): boolean {
    return this.#view.visible;
  }

  /** Returns whether a person has expanded or collapsed a node; `undefined`: neither. */
  isExpanded(id: string): boolean | undefined {
    return this.#expanded.get(id);
  }

  /** Follows a view; `hidden` is called whenever it is hidden. */
  follow(view: vscode.TreeView<TreeNode>, hidden: () => void): void {
    this.#view = view;
    this.#subscriptions = vscode.Disposable.from(
      view.onDidChangeVisibility(({ visible }) => {
        if (!visible) hidden();
      }),
      view.onDidExpandElement(({ element }) => this.#expanded.set(element.id, true)),
      view.onDidCollapseElement(({ element }) => this.#expanded.set(element.id, false)),
    );
  }

  dispose(): void {
    this.#subscriptions?.dispose();
  }
}
