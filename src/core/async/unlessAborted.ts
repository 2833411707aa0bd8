/**
 * What a promise comes to; rejects with the reason of the signal as soon as that aborts. The work
 * behind the promise goes on.
 */
export async function unlessAborted<T>(result: Promise<T>, signal?: AbortSignal): Promise<T> {
  let leave = (): void => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const nothing = (): void => undefined;
  // Also where nobody waits for it any more, its failure is not one that nobody has heard of.
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
