import * as vscode from 'vscode';

/** Says that the topics of a cluster, or only `topic` if it is given, must be read again. */
export interface TopicChange {
  readonly cluster: string;
  readonly topic?: string;
}

/**
 * Notifies everything that shows topics of a change: a topic is being created or has appeared, or
 * messages were produced.
 */
export class TopicChanges implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<TopicChange>();
  readonly onDidChange = this.#changed.event;

  tell(change: TopicChange): void {
    this.#changed.fire(change);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
