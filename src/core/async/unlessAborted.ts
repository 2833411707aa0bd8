/**
 * Returns the result of a promise, or rejects with the signal's reason as soon as it aborts. The
 * work behind the promise goes on.
 */
export async function unlessAborted<T>(result: Promise<T>, signal?: AbortSignal): Promise<T> {
  let leave = (): void => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const nothing = (): void => undefined;
  // A failure that nobody waits for must not count as an unhandled rejection.
  const settled = result.then(nothing, nothing);
  signal?.addEventListener('abort', leave);
  try {
    if (!signal?.aborted) await Promise.race([settled, left]);
    signal?.throwIfAborted();
    return await result;
  } finally {
    signal?.removeEventListener('abort', leave);
  }
}
