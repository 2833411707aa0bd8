import type { Entry } from '../../core/produce/lanes';

/**
 * Where what was not accepted goes: what can be sent again, what to look for first, what was bad.
 */
export type SinkName = 'rest' | 'unclear' | 'setAside';

/** Keeps items. Called once at a time; the items of a sink come in the order of the source. */
export type Sink<T> = (name: SinkName, items: readonly T[]) => Promise<void>;

/** Hands items over to a sink until that fails. */
export class SinkWriter<T> {
  /** The failure after which no more is kept. */
  error: unknown;

  constructor(private readonly keep: Sink<T>) {}

  async put(name: SinkName, items: readonly T[]): Promise<void> {
    if (items.length === 0 || this.error !== undefined) return;
    try {
      await this.keep(name, items);
    } catch (error) {
      this.error = error;
    }
  }

  /** Keeps records by their fate. Those that were refused or not sent can be sent again. */
  async putByFate(entries: readonly Entry<T>[]): Promise<void> {
    const rest: T[] = [];
    const unclear: T[] = [];
    for (const { item, result } of entries) {
      if (result?.status === 'unclear') unclear.push(item);
      else if (result?.status !== 'accepted') rest.push(item);
    }
    await this.put('rest', rest);
    await this.put('unclear', unclear);
  }
}
