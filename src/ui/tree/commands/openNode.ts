import * as vscode from 'vscode';
import { Clicks } from './clicks';
import type { TreeNode } from '../nodes/treeNode';

/** Opens the messages of a topic or partition on a double click or Enter, never on a click. */
export class NodeOpener {
  readonly #clicks = new Clicks();

  constructor(private readonly view: vscode.TreeView<TreeNode>) {}

  /** Runs when a row of a topic or partition is clicked, or chosen with Enter. */
  async click(node: TreeNode): Promise<void> {
    const kind = this.#clicks.kindOf(node.id, Date.now());
    const opens = kind !== 'single' || workbench('list.openMode') === 'doubleClick';
    if (opens) await openMessages(node);
    // VS Code expands rows on a click only if they have no command.
    else if (node.children && workbench('tree.expandMode') !== 'doubleClick') {
      await vscode.commands.executeCommand('list.toggleExpand');
    }
  }

  /** Does with the row that has the focus what Enter does, and opens its messages if it has some. */
  async enter(): Promise<void> {
    this.#clicks.enter();
    await vscode.commands.executeCommand('list.select');
    const [node] = this.view.selection;
    if (node?.item({}).command?.command !== 'kafkaRest.clickNode') this.#clicks.forgetEnter();
  }
}

async function openMessages(node: TreeNode): Promise<void> {
  const partition: unknown = Reflect.get(node, 'partition');
  await vscode.commands.executeCommand('kafkaRest.openMessages', {
    cluster: node.cluster,
    topic: Reflect.get(node, 'topic') as unknown,
    ...(partition !== undefined && { partition }),
    ask: false,
  });
}

function workbench(name: string): unknown {
  return vscode.workspace.getConfiguration('workbench').get<unknown>(name);
}
