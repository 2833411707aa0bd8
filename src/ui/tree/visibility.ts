import * as vscode from 'vscode';
import type { TreeNode } from './nodes/treeNode';

/** What matters here of the view that shows the tree. */
export type ShownView = Pick<
  vscode.TreeView<TreeNode>,
  'visible' | 'onDidChangeVisibility' | 'onDidExpandElement' | 'onDidCollapseElement'
>;

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

  /** Follows a view; `changed` is told whenever it is shown or hidden. */
  follow(view: ShownView, changed: (isVisible: boolean) => void): void {
    this.#view = view;
    this.#subscriptions = vscode.Disposable.from(
      view.onDidChangeVisibility(({ visible }) => {
        changed(visible);
      }),
      view.onDidExpandElement(({ element }) => this.#expanded.set(element.id, true)),
      view.onDidCollapseElement(({ element }) => this.#expanded.set(element.id, false)),
    );
  }

  dispose(): void {
    this.#subscriptions?.dispose();
  }
}
