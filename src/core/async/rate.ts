/** The period over which the rate is measured, in milliseconds. */
const WINDOW_MS = 3_000;

/** Measures how many messages came per second over the last few seconds. */
export class Rate {
  #samples: { readonly at: number; readonly count: number }[] = [];

  constructor(private readonly now: () => number = () => performance.now()) {}

  add(count: number): void {
    this.#samples.push({ at: this.now(), count });
    this.#forget();
  }

  /** Messages per second; 0 if none came in the last few seconds. */
  get perSecond(): number {
    this.#forget();
    const [first] = this.#samples;
    if (!first) return 0;
    const elapsed = Math.max(this.now() - first.at, 1_000);
    const total = this.#samples.reduce((sum, { count }) => sum + count, 0);
    return Math.round((total * 1000) / elapsed);
  }

  #forget(): void {
    const from = this.now() - WINDOW_MS;
    const kept = this.#samples.findIndex(({ at }) => at >= from);
    this.#samples = kept < 0 ? [] : this.#samples.slice(kept);
  }
}
