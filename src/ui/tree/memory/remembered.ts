/** What was last fetched for a node. */
export interface Fetched<T> {
  readonly value: T;
  /** When it was fetched, in epoch milliseconds. */
  readonly at: number;
  /** Why it could not be fetched again since then. */
  readonly failure?: unknown;
}

/** What the last fetch led to: a value, maybe of an earlier fetch, or nothing but a failure. */
interface Memory<T, O> {
  readonly owner: O;
  readonly fetched?: Fetched<T>;
  readonly failure?: unknown;
}

/**
 * Remembers what was last fetched for each node, so that a node can be drawn again without a
 * request, and a refresh that fails does not lose the list. Each memory has an owner, the
 * definition of the cluster, and is worth nothing to any other.
 */
export class Remembered<T, O extends object> {
  readonly #last = new Map<string, Memory<T, O>>();
  readonly #recalled = new Set<string>();
  /** What must really be fetched next, whatever is recalled before that. */
  readonly #outdated = new Set<string>();

  /**
   * `outlasts` says whether what was fetched before stays true after a failure. `settled` is told
   * how each real fetch has ended.
   */
  constructor(
    private readonly outlasts: (failure: unknown) => boolean,
    private readonly settled: (owner: O, failure?: unknown) => void,
  ) {}

  get(id: string, owner: O): Fetched<T> | undefined {
    return this.#get(id, owner)?.fetched;
  }

  /**
   * Fetches with `load`, or does again what the last fetch did if `recall` was called for the node.
   * If fetching fails, returns what is remembered with the failure, or rejects if nothing is.
   */
  async fetch(
    id: string,
    owner: O,
    signal: AbortSignal,
    load: () => Promise<T>,
  ): Promise<Fetched<T>> {
    const memory = this.#get(id, owner);
    if (this.#recalled.delete(id) && memory) return resultOf(memory);
    try {
      const fetched = { value: await load(), at: Date.now() };
      this.#settle(id, { owner, fetched });
      return fetched;
    } catch (failure) {
      signal.throwIfAborted();
      const kept = this.outlasts(failure) ? memory?.fetched : undefined;
      const now = { owner, ...(kept && { fetched: { ...kept, failure } }), failure };
      this.#settle(id, now);
      return resultOf(now);
    }
  }

  /** Has the next `fetch` of a node, and of each one below it that is open, do as the last did. */
  recall(id: string, isOpen: (id: string) => boolean): void {
    for (const each of this.#below(id)) {
      if (isOpen(each) && !this.#outdated.has(each)) this.#recalled.add(each);
    }
  }

  /** Has the next `fetch` of a node and of all below it really fetch; without an id, of all. */
  renew(id?: string): void {
    for (const each of this.#below(id)) {
      this.#recalled.delete(each);
      this.#outdated.add(each);
    }
  }

  /** Forgets what was fetched for a node and all below it. */
  forget(id: string): void {
    for (const each of this.#below(id)) this.#last.delete(each);
  }

  #settle(id: string, memory: Memory<T, O>): void {
    this.#last.set(id, memory);
    this.#outdated.delete(id);
    this.settled(memory.owner, memory.failure);
  }

  #get(id: string, owner: O): Memory<T, O> | undefined {
    const memory = this.#last.get(id);
    return memory?.owner === owner ? memory : undefined;
  }

  #below(id?: string): readonly string[] {
    const ids = [...this.#last.keys()];
    return id === undefined ? ids : ids.filter((each) => each === id || each.startsWith(`${id}/`));
  }
}

function resultOf<T>({ fetched, failure }: Memory<T, object>): Fetched<T> {
  if (fetched) return fetched;
  throw failure;
}
