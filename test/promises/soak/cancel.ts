import type { Witness } from './witnessClient';

/** Cancels an action at a moment, and measures how long the product took to answer that. */
export class Cancel {
  readonly #abort = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #at: number | undefined;
  /** What our own checks took since then, which is not the product's. */
  #askedMs = 0;
  #tookMs: number | undefined;

  constructor(afterMs: number) {
    this.#timer = setTimeout(() => {
      this.#at = performance.now();
      this.#abort.abort();
    }, afterMs);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** When it was cancelled, if it was. */
  get at(): number | undefined {
    return this.#at;
  }

  /** The product has answered: the first call counts. */
  readonly answered = (): void => {
    if (this.#at !== undefined) this.#tookMs ??= performance.now() - this.#at - this.#askedMs;
  };

  /** The witness, whose answers do not count. */
  apart({ ask, ...rest }: Witness): Witness {
    const timed = async (...question: Parameters<Witness['ask']>): Promise<unknown> => {
      const from = performance.now();
      try {
        return await ask(...question);
      } finally {
        if (this.#at !== undefined) this.#askedMs += performance.now() - Math.max(from, this.#at);
      }
    };
    return { ...rest, ask: timed as Witness['ask'] };
  }

  /** The action has ended. Milliseconds from the cancel to the answer, if there was one. */
  end(): number | undefined {
    clearTimeout(this.#timer);
    this.answered();
    return this.#tookMs;
  }
}
