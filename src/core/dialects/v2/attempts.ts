import { wait } from '../../async/wait';
import { KafkaError } from '../../errors';

/** Makes a call again after each of `waits`, in milliseconds, while its failure allows that. */
export async function repeatedly<T>(
  call: () => Promise<T>,
  {
    waits,
    mayRepeat,
    signal,
  }: {
    readonly waits: readonly number[];
    readonly mayRepeat: (error: KafkaError) => boolean;
    readonly signal: AbortSignal;
  },
): Promise<T> {
  for (const pause of waits) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof KafkaError) || !mayRepeat(error)) throw error;
      await wait(pause, signal);
    }
  }
  return call();
}

/** Whether a failed poll may succeed if it is sent again from the same position. */
export function mayMend({ kind, status }: KafkaError): boolean {
  if (status !== undefined) return status === 429 || (status >= 502 && status <= 504);
  return kind === 'connection' || kind === 'timeout';
}
