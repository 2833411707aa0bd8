/**
 * Starts tasks side by side, and returns their results in the order of the tasks. The signal that
 * they get aborts with the given one, and when one of them fails. Rejects with the first failure,
 * once all have ended, so that none goes on behind the back of the caller.
 */
export async function together<T extends readonly Promise<unknown>[] | []>(
  signal: AbortSignal | undefined,
  start: (signal: AbortSignal) => T,
): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }> {
  const end = new AbortController();
  const tasks = start(signal ? AbortSignal.any([signal, end.signal]) : end.signal);
  try {
    return await Promise.all(tasks);
  } catch (error) {
    end.abort(error);
    await Promise.allSettled(tasks);
    throw error;
  }
}
