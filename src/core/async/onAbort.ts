/**
 * Returns the result of `work`. Calls `act` when the signal aborts while the work runs, or before
 * the work begins if the signal has already aborted.
 */
export async function onAbort<T>(
  signal: AbortSignal | undefined,
  act: () => void,
  work: () => Promise<T>,
): Promise<T> {
  if (signal?.aborted) act();
  else signal?.addEventListener('abort', act);
  try {
    return await work();
  } finally {
    signal?.removeEventListener('abort', act);
  }
}
