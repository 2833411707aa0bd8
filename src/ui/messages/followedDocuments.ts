import * as vscode from 'vscode';
import { listed } from '../../l10n/listed';
import { oneLine } from '../../core/text/visible';
import { UserError } from '../words/report';

/** Asks the command to stop everything, as a click on the status bar does. */
const ALL = 'all';

interface Followed {
  readonly uri: string;
  /** What the status bar says, such as "Following orders"; `undefined` if it says so elsewhere. */
  readonly name: string | undefined;
  readonly abort: AbortController;
}

/**
 * The documents that follow a topic. The status bar shows them and stops them, and each has a button
 * in the title of its editor.
 */
export class FollowedDocuments implements vscode.Disposable {
  readonly #followed = new Set<Followed>();
  #status: vscode.StatusBarItem | undefined;

  /**
   * Runs a task for a document until it ends or is stopped. `name` says what it does; without it,
   * the status bar shows nothing.
   */
  async run(
    uri: vscode.Uri,
    name: string | undefined,
    task: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const followed = { uri: uri.toString(), name, abort: new AbortController() };
    this.#followed.add(followed);
    this.#update();
    try {
      await task(followed.abort.signal);
    } catch (error) {
      if (!followed.abort.signal.aborted) throw error;
    } finally {
      this.#followed.delete(followed);
      this.#update();
    }
  }

  /**
   * Stops what a command was called on: a document, everything that the status bar shows, or else
   * the active document. Throws a `UserError` if that does not follow a topic.
   */
  stop(argument: unknown): void {
    const document = vscode.window.activeTextEditor?.document;
    const uri = argument instanceof vscode.Uri ? argument : document?.uri;
    const isMeant = ({ uri: each, name }: Followed): boolean =>
      argument === ALL ? name !== undefined : each === uri?.toString();
    const meant = [...this.#followed].filter(isMeant);
    for (const { abort } of meant) abort.abort(new vscode.CancellationError());
    if (meant.length > 0 || argument === ALL) return;
    throw new UserError(
      vscode.l10n.t('this document does not follow a topic'),
      vscode.l10n.t('Close it instead'),
    );
  }

  dispose(): void {
    for (const { abort } of this.#followed) abort.abort(new vscode.CancellationError());
    this.#status?.dispose();
  }

  #update(): void {
    const t = vscode.l10n.t;
    const uris = [...this.#followed].map(({ uri }) => uri);
    void vscode.commands.executeCommand('setContext', 'kafkaRest.followedDocuments', uris);
    const names = [...this.#followed].flatMap(({ name }) =>
      name === undefined ? [] : [oneLine(name)],
    );
    const [first, second] = names;
    if (first === undefined) {
      this.#status?.hide();
      return;
    }
    const isOne = second === undefined;
    const status = (this.#status ??= newStatus());
    status.text = `$(sync~spin) ${isOne ? first : t('{0} topics are followed', names.length)}`;
    status.tooltip = isOne
      ? t('{0}. Click to stop.', first)
      : t('{0}. Click to stop them all.', listed(names));
    status.show();
  }
}

function newStatus(): vscode.StatusBarItem {
  const status = vscode.window.createStatusBarItem('kafkaRest.followedTopics');
  status.name = vscode.l10n.t('Followed Kafka Topics');
  status.command = { command: 'kafkaRest.stopFollowing', title: '', arguments: [ALL] };
  return status;
}
