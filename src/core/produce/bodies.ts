import type { NewRecord } from '../kafka';

/** Makes the bodies of produce calls, some of them before their call. */
export class Bodies<Body> {
  readonly #ahead = new WeakMap<readonly NewRecord[], Body>();

  constructor(private readonly bodyOf: (records: readonly NewRecord[]) => Body) {}

  /** Makes the body of records, which must not change. One that cannot be made fails in `take`. */
  prepare(records: readonly NewRecord[]): void {
    try {
      this.#ahead.set(records, this.bodyOf(records));
    } catch {
      // The call of these records will say what is wrong with them.
    }
  }

  /** Returns the body of records and forgets it. Throws what `bodyOf` throws. */
  take(records: readonly NewRecord[]): Body {
    const body = this.#ahead.get(records) ?? this.bodyOf(records);
    this.#ahead.delete(records);
    return body;
  }
}
