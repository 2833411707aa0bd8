import * as vscode from 'vscode';
import { blamesSecret } from '../../clusters/blamesSecret';
import { explain } from '../../words/report';
import { sentences } from '../../words/sentences';
import { errorIcon } from './icons';
import { Menu } from './menu';
import { type NodeItem, TreeNode } from './treeNode';

const menu = new Menu(['refresh'], ['refresh']);

/** A failure in place of the children of a node. */
export class ProblemNode extends TreeNode {
  readonly kind = 'problem';
  override readonly menu = menu;

  constructor(
    readonly owner: TreeNode,
    readonly error: unknown,
  ) {
    super(owner.id, owner.cluster);
  }

  get id(): string {
    return `${this.owner.id}//problem`;
  }

  get name(): string {
    return explain(this.error).reason;
  }

  item(): NodeItem {
    const { reason, advice } = explain(this.error);
    const sentence = sentences(
      vscode.l10n.t('Could not {0}: {1}', this.owner.action, reason),
      advice,
    );
    return {
      label: capitalise(reason),
      icon: errorIcon,
      tooltip: sentence,
      spoken: sentence,
      command: remedy(this.owner, this.error),
    };
  }
}

/** Returns the command that a click on a failure runs. */
function remedy(owner: TreeNode, error: unknown): vscode.Command {
  const command = blamesSecret(error) ? 'kafkaRest.replaceSecret' : 'kafkaRest.refresh';
  return { command, title: '', arguments: [owner] };
}

function capitalise(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
