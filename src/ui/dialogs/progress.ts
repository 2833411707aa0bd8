import * as vscode from 'vscode';
import { wait } from '../../core/async/wait';
import { oneLine } from '../../core/text/visible';

export type Progress = vscode.Progress<{ message?: string; increment?: number }>;

/** How long the status bar shows progress before a notification does. */
const QUIET_MS = 1_000;

/**
 * Runs a task and shows its progress: in the status bar at first, and in a notification with
 * *Cancel* if it takes longer than a second, so that nothing flickers. Cancelling aborts the signal
 * with a `CancellationError`. Text from others in the title or a message stays plain text.
 */
export async function withProgress<T>(
  title: string,
  task: (signal: AbortSignal, progress: Progress) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const progress = new MovableProgress();
  const show = <R>(location: vscode.ProgressLocation, run: () => Promise<R>): Thenable<R> =>
    vscode.window.withProgress(
      { location, title: oneLine(title), cancellable: true },
      (place, token) => {
        token.onCancellationRequested(() => {
          abort.abort(new vscode.CancellationError());
        });
        progress.moveTo(place);
        return run();
      },
    );
  const { Window, Notification } = vscode.ProgressLocation;
  const running = await show(Window, () => {
    const result = task(abort.signal, progress);
    return endedWithin(QUIET_MS, result).then((ended) => ({ result, ended }));
  });
  return running.ended ? running.result : show(Notification, () => running.result);
}

/** Returns whether a task ends, or fails, within some milliseconds. */
async function endedWithin(ms: number, task: Promise<unknown>): Promise<boolean> {
  const ended = new AbortController();
  const end = () => {
    ended.abort();
  };
  task.then(end, end);
  return wait(ms, ended.signal).then(
    () => false,
    () => true,
  );
}

/** Progress that can go on in another place. */
class MovableProgress implements Progress {
  #place: Progress | undefined;
  #message: string | undefined;
  #increment = 0;

  report({ message, increment = 0 }: { message?: string; increment?: number }): void {
    if (message !== undefined) this.#message = oneLine(message);
    this.#increment += increment;
    this.#place?.report({
      ...(message !== undefined && { message: oneLine(message) }),
      ...(increment > 0 && { increment }),
    });
  }

  /** Shows what was reported so far in a place, and from now on there alone. */
  moveTo(place: Progress): void {
    this.#place = place;
    if (this.#message === undefined && this.#increment === 0) return;
    place.report({
      ...(this.#message !== undefined && { message: this.#message }),
      ...(this.#increment > 0 && { increment: this.#increment }),
    });
  }
}
