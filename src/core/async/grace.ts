import { onAbort } from './onAbort';

/**
 * Returns the result of `work`. The signal that the work gets aborts `graceMs` milliseconds after
 * the given one and for the same reason, so that a call under way has time to end.
 */
export async function withGrace<T>(
  signal: AbortSignal | undefined,
  graceMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const cutOff = (): void => {
    late.abort(signal?.reason);
  };
  const begin = (): void => {
    if (graceMs === 0) cutOff();
    else timer = setTimeout(cutOff, graceMs);
  };
  try {
    return await onAbort(signal, begin, () => work(late.signal));
  } finally {
    clearTimeout(timer);
  }
}
