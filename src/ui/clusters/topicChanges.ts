import * as vscode from 'vscode';

/** That what was read of a cluster's topics is old; with `topic`, of that one alone. */
export interface TopicChange {
  readonly cluster: string;
  readonly topic?: string;
}

/**
 * Tells whoever shows topics that they have changed: one is being created or has shown up, or messages
 * were produced.
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
