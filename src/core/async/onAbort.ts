/**
 * Returns what `work` comes to. While it runs, the signal is listened to: `act` is called when it
 * aborts, or before the work begins if it has aborted already.
 */
export async function onAbort<T>(
  signal: AbortSignal | undefined,
  act: () => void,
  work: () => Promise<T>,
): Promise<T> {
  if (signal?.aborted) act();
  else signal?.addEventListener('abort', act, { once: true });
  try {
    return await work();
  } finally {
    signal?.removeEventListener('abort', act);
  }
}
