/**
 * Lists what is below nodes: whoever asks while a listing of a node is under way waits for that one.
 * A listing that would give what is old is aborted and made again, so that nobody who waits gets an
 * old list, nor an empty one.
 */
export class Listings<T> {
  readonly #results = new Map<string, Promise<T>>();
  readonly #aborts = new Map<string, AbortController>();
  #disposed = false;

  /** Gives what `list` gives, which must reject once its signal aborts. */
  get(id: string, list: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const running = this.#results.get(id);
    if (running) return running;
    const result = this.#run(id, list).finally(() => {
      this.#results.delete(id);
      this.#aborts.delete(id);
    });
    this.#results.set(id, result);
    return result;
  }

  /** Makes again what is under way for a node and all that is below it; without an id, for all. */
  restart(id?: string): void {
    for (const [each, abort] of this.#aborts) {
      if (id === undefined || each === id || each.startsWith(`${id}/`)) abort.abort();
    }
  }

  /** Aborts all that is under way; it rejects with the reason. */
  dispose(): void {
    this.#disposed = true;
    this.restart();
  }

  async #run(id: string, list: (signal: AbortSignal) => Promise<T>): Promise<T> {
    for (;;) {
      const abort = new AbortController();
      if (this.#disposed) abort.abort();
      abort.signal.throwIfAborted();
      this.#aborts.set(id, abort);
      try {
        const result = await list(abort.signal);
        if (!abort.signal.aborted) return result;
      } catch (error) {
        if (!abort.signal.aborted) throw error;
      }
    }
  }
}
