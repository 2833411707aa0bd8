import type * as vscode from 'vscode';
import { type NodeItem, TreeNode } from './treeNode';

/** Something to read in place of children, with what a click does about it. */
export class NoteNode extends TreeNode {
  readonly kind = 'note';

  constructor(
    override readonly parent: string,
    readonly text: string,
    readonly command?: vscode.Command,
  ) {
    super(parent, undefined);
  }

  get id(): string {
    return `${this.parent}//note`;
  }

  get name(): string {
    return this.text;
  }

  item(): NodeItem {
    const { text: label, command } = this;
    return { label, icon: 'info', ...(command && { command }) };
  }
}
