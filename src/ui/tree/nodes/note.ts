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

/**
 * Returns the note that says how many the filter has found; `none` says that there are none. A click
 * clears the filter. There is no note without a filter.
 */
export function filterNote(
  parent: string,
  { shown, all, filter }: { readonly shown: number; readonly all: number; readonly filter: string },
  none: string,
): readonly NoteNode[] {
  const t = vscode.l10n.t;
  if (!filter) return [];
  const text = shown === 0 ? none : t('{0} of {1} match “{2}”', shown, all, filter);
  const title = t('Clear Topic Filter');
  return [new NoteNode(parent, text, { command: 'kafkaRest.clearTopicFilter', title })];
}
