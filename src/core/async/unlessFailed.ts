import { isAbortError } from './abortError';

/** Returns what a task gives; `undefined` if it fails. Rejects only if it is aborted. */
export async function unlessFailed<T>(task: () => Promise<T>): Promise<T | undefined> {
  try {
    return await task();
  } catch (error) {
    if (isAbortError(error)) throw error;
    return undefined;
  }
}
