/**
 * Lists the children of nodes. A caller that asks while a listing of the node is under way waits
 * for that listing. An outdated listing is aborted and started again, so that no caller gets an
 * old or an empty list.
 */
export class Listings<T> {
  readonly #results = new Map<string, Promise<T>>();
  readonly #aborts = new Map<string, AbortController>();
  #disposed = false;

  /** Returns the result of `list`, which must reject once its signal aborts. */
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

  /** Returns whether the children of a node are being listed. */
  isRunning(id: string): boolean {
    return this.#results.has(id);
  }

  /**
   * Restarts the listings under way of a node and of all nodes below it, or of all nodes if no id
   * is given.
   */
  restart(id?: string): void {
    for (const [each, abort] of this.#aborts) {
      if (id === undefined || each === id || each.startsWith(`${id}/`)) abort.abort();
    }
  }

  /** Aborts all listings under way; they reject with the reason. */
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
