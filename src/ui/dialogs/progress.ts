import * as vscode from 'vscode';
import { oneLine } from '../../core/text/visible';

export type Progress = vscode.Progress<{ message?: string; increment?: number }>;

/**
 * Runs a task with a notification that shows its progress and can be cancelled. Cancelling aborts
 * the signal with a `CancellationError`. Text from others in the title or a message stays plain
 * text.
 */
export async function withProgress<T>(
  title: string,
  task: (signal: AbortSignal, progress: Progress) => Promise<T>,
): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  const options = { location, title: oneLine(title), cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => {
      abort.abort(new vscode.CancellationError());
    });
    return task(abort.signal, {
      report: ({ message, ...rest }) => {
        progress.report({ ...rest, ...(message !== undefined && { message: oneLine(message) }) });
      },
    });
  });
}
