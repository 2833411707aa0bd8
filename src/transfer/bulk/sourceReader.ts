/** The result of one read. */
export type Read<T> =
  | { readonly kind: 'items'; readonly items: readonly T[] }
  /** Items that could not be encoded. They are as they were read. */
  | { readonly kind: 'unencoded'; readonly items: readonly T[]; readonly error: unknown }
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * Reads a source batch by batch: in the background with `readAhead`, or one at a time with `next`.
 */
export class SourceReader<T> {
  #state: 'open' | 'ended' | 'failed' = 'open';
  #reading: Promise<void> | undefined;

  /** `encode` makes of items those that are sent, before `readAhead` passes them on. */
  constructor(
    private readonly source: AsyncIterator<readonly T[]>,
    private readonly encode?: (items: readonly T[]) => Promise<readonly T[]>,
  ) {}

  get isReading(): boolean {
    return this.#reading !== undefined;
  }

  /** Whether another read may give more. */
  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** Whether there may be items that were never read. */
  get mayHaveMore(): boolean {
    return this.#state !== 'ended';
  }

  /**
   * Begins to read the next batch and passes the result to `take`. If `take` throws, the read
   * counts as failed.
   */
  readAhead(take: (read: Read<T>) => void): void {
    this.#reading = this.#nextEncoded()
      .then((read) => {
        this.#reading = undefined;
        take(read);
      })
      .catch((error: unknown) => {
        this.#state = 'failed';
        take({ kind: 'failed', error });
      });
  }

  /** Resolves when no read is under way. */
  async settled(): Promise<void> {
    await this.#reading;
  }

  /** Reads the next batch and encodes it. Never rejects. */
  async #nextEncoded(): Promise<Read<T>> {
    const read = await this.next();
    if (read.kind !== 'items' || !this.encode) return read;
    const { items } = read;
    try {
      return { kind: 'items', items: await this.encode(items) };
    } catch (error) {
      return { kind: 'unencoded', items, error };
    }
  }

  /** Reads the next batch as it is. Never rejects. */
  async next(): Promise<Read<T>> {
    try {
      const next = await this.source.next();
      if (!next.done) return { kind: 'items', items: next.value };
      this.#state = 'ended';
      return { kind: 'ended' };
    } catch (error) {
      this.#state = 'failed';
      return { kind: 'failed', error };
    }
  }

  /** Closes a source that was not read to its end. */
  async close(): Promise<void> {
    if (this.isOpen) await this.source.return?.();
  }
}
