import * as vscode from 'vscode';

export type Progress = vscode.Progress<{ message?: string; increment?: number }>;

/**
 * Runs a task with a notification that shows its progress and can be cancelled. Cancelling aborts
 * the signal with a `CancellationError`.
 */
export async function withProgress<T>(
  title: string,
  task: (signal: AbortSignal, progress: Progress) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => {
      abort.abort(new vscode.CancellationError());
    });
    return task(abort.signal, progress);
  });
}
