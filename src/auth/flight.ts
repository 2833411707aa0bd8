/**
 * One piece of work that several callers wait for. A caller that aborts leaves the others waiting;
 * when the last one has gone, the work itself is aborted.
 */
export class Flight<T> {
  private readonly end = new AbortController();
  private readonly result: Promise<T>;
  private readonly settled: Promise<void>;
  private waiting = 0;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.result = work(this.end.signal);
    const nothing = (): void => undefined;
    this.settled = this.result.then(nothing, nothing);
  }

  /** Whether the work was aborted, so that nobody may join any more. */
  get aborted(): boolean {
    return this.end.signal.aborted;
  }

  /** The result; rejects as the work does, or at once with the reason of an aborted signal. */
  async join(signal?: AbortSignal): Promise<T> {
    let leave = (): void => undefined;
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    this.waiting++;
    signal?.addEventListener('abort', leave);
    try {
      await Promise.race([this.settled, left]);
      signal?.throwIfAborted();
      return await this.result;
    } finally {
      signal?.removeEventListener('abort', leave);
      this.waiting--;
      if (this.waiting === 0) this.end.abort();
    }
  }
}
