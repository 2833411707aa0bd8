import * as vscode from 'vscode';
import { blamedSecret, blamesSecret } from '../../clusters/blamesSecret';
import { capitalise, sentences } from '../../words/sentences';
import { explain } from '../../words/report';
import type { Fetched } from '../memory/remembered';
import { errorIcon, warningIcon } from './icons';
import { Menu } from './menu';
import { shortTime, tooltipOf } from './tooltip';
import { type NodeItem, TreeNode } from './treeNode';

const secretMenu = new Menu(
  ['enterSecret', 'showNextSteps', 'tryAgain', 'editCluster', 'showLog'],
  ['enterSecret', 'tryAgain'],
);
const signInMenu = new Menu(
  ['signIn', 'showNextSteps', 'tryAgain', 'editCluster', 'showLog'],
  ['signIn', 'tryAgain'],
);
const azureMenu = new Menu(
  ['checkInAzure', 'showNextSteps', 'tryAgain', 'editCluster', 'showLog'],
  ['checkInAzure', 'tryAgain'],
);
const menus = {
  enterSecret: secretMenu,
  signIn: signInMenu,
  refresh: new Menu(
    ['showNextSteps', 'tryAgain', 'editCluster', 'showLog'],
    ['showNextSteps', 'tryAgain'],
  ),
};

/** Returns what helps most after a failure. */
function cureOf(error: unknown): keyof typeof menus {
  if (blamesSecret(error)) return 'enterSecret';
  return explain(error).next?.[0] === 'signIn' ? 'signIn' : 'refresh';
}

/** A failure in place of the children of a node, or above those that were listed before. */
export class ProblemNode extends TreeNode {
  readonly kind = 'problem';
  override readonly menu: Menu;

  /** `asOf` says when the children below it were listed, in epoch milliseconds. */
  constructor(
    readonly owner: TreeNode,
    readonly error: unknown,
    readonly asOf?: number,
  ) {
    super(owner.id, owner.cluster);
    const [first] = explain(error).next ?? [];
    this.menu = first === 'checkInAzure' ? azureMenu : menus[cureOf(error)];
  }

  get id(): string {
    return `${this.owner.id}//problem`;
  }

  get name(): string {
    return explain(this.error).reason;
  }

  /** The secret to replace, if the failure is about one. The command reads it from its argument. */
  get secret(): string | undefined {
    return blamedSecret(this.error);
  }

  item(): NodeItem {
    const { asOf } = this;
    const { reason } = explain(this.error);
    const label =
      asOf === undefined
        ? capitalise(reason)
        : vscode.l10n.t('As of {0}, could not be refreshed: {1}', shortTime(asOf), reason);
    return {
      label,
      icon: asOf === undefined ? errorIcon : warningIcon,
      spoken: asOf === undefined ? this.#sentence() : sentences(label, this.#sentence()),
      command: remedy(this.owner, this.error),
    };
  }

  override tooltip(): vscode.MarkdownString {
    const { asOf } = this;
    const t = vscode.l10n.t;
    const rows =
      asOf === undefined ? [] : [[t('What is shown is as of'), shortTime(asOf)] as const];
    const clicks = {
      enterSecret: t('Click to enter the secret.'),
      signIn: t('Click to sign in.'),
      refresh: t('Click to try again.'),
    };
    const click = clicks[cureOf(this.error)];
    const { reason, advice } = explain(this.error);
    const what = t('Could not {0}', this.owner.action);
    return tooltipOf(what, rows, [sentences(capitalise(reason), advice), click]);
  }

  #sentence(): string {
    const { reason, advice } = explain(this.error);
    const { action } = this.owner;
    return sentences(vscode.l10n.t('Could not {0}: {1}', action, reason), advice);
  }
}

/** Returns the row that says that what is remembered could not be fetched again, if so. */
export function staleRow(owner: TreeNode, { at, failure }: Fetched<unknown>): ProblemNode[] {
  return failure === undefined ? [] : [new ProblemNode(owner, failure, at)];
}

/** Returns the command that a click on a failure runs. */
function remedy(owner: TreeNode, error: unknown): vscode.Command {
  const cure = cureOf(error);
  if (cure !== 'enterSecret')
    return { command: `kafkaRest.${cure}`, title: '', arguments: [owner] };
  const argument = { cluster: owner.cluster, secret: blamedSecret(error) };
  return { command: 'kafkaRest.replaceSecret', title: '', arguments: [argument] };
}
