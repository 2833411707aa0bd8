import * as vscode from 'vscode';
import { type NodeItem, TreeNode } from './treeNode';

/** A text in place of children. A click on it runs a command. */
export class NoteNode extends TreeNode {
  readonly kind = 'note';

  constructor(
    override readonly parent: string,
    readonly text: string,
    readonly command?: vscode.Command,
    /** Its icon. A node has at most one note with each. */
    readonly icon = 'info',
  ) {
    super(parent, undefined);
  }

  get id(): string {
    return `${this.parent}//${this.icon}`;
  }

  get name(): string {
    return this.text;
  }

  item(): NodeItem {
    const { text: label, icon, command } = this;
    return { label, icon, ...(command && { command }) };
  }
}

/** Returns the note that says what a filter has found. A click clears the filter. */
export function whileFiltered(parent: string, text: string): NoteNode {
  const title = vscode.l10n.t('Clear Topic Filter');
  return new NoteNode(parent, text, { command: 'kafkaRest.clearTopicFilter', title });
}
