import type { CancellationToken } from 'vscode-languageserver/node';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';

/** Runs a task until the editor needs it no more, as it says by a token. */
export async function withSignal<T>(
  token: CancellationToken,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const listener = token.onCancellationRequested(() => {
    stop.abort();
  });
  try {
    return await task(stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
  } finally {
    listener.dispose();
  }
}
