/**
 * Returns the result of `work`. The signal that it gets aborts some milliseconds after the given
 * one, for the same reason, so that what is under way has time to end.
 */
export async function withGrace<T>(
  signal: AbortSignal | undefined,
  graceMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const abort = (): void => {
    if (graceMs === 0) late.abort(signal?.reason);
    else
      timer = setTimeout(() => {
        late.abort(signal?.reason);
      }, graceMs);
  };
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort);
  try {
    return await work(late.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
