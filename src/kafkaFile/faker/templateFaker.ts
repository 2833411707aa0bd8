/** The faker library in one language, as templates call it. */
export interface TemplateFaker {
  /** Begins a series of random values. The same numbers give the same values. */
  seed(seed: readonly number[], now: number): void;
  /**
   * Calls a method by its template name, which may be a former one, with arguments that fit it.
   * Returns its result. Throws for an unknown name, if too much is asked for, and whatever faker
   * throws.
   */
  call(name: string, args: readonly unknown[]): unknown;
  /** Returns one of the items, at random. */
  oneOf(items: readonly unknown[]): unknown;
}
