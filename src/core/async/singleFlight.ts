import { unlessAborted } from './unlessAborted';

/**
 * One piece of work that several callers wait for. If one caller aborts, the others keep waiting.
 * If the last caller aborts, the work itself is aborted.
 */
export class SingleFlight<T> {
  readonly #end = new AbortController();
  readonly #result: Promise<T>;
  #waiting = 0;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.#result = work(this.#end.signal);
  }

  /** Whether the work was aborted, so that nobody may join it. */
  get aborted(): boolean {
    return this.#end.signal.aborted;
  }

  /**
   * Returns the result. Rejects as the work does, or at once with the reason of an aborted signal.
   */
  async join(signal?: AbortSignal): Promise<T> {
    this.#waiting++;
    try {
      return await unlessAborted(this.#result, signal);
    } finally {
      this.#waiting--;
      if (this.#waiting === 0) this.#end.abort();
    }
  }
}
