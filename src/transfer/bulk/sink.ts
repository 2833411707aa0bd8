import type { Entry } from '../../core/produce/lanes';

/**
 * Where items that were not accepted go. `rest`: they can be sent again. `unclear`: they may have
 * been written, so look for them first. `setAside`: they were bad.
 */
export type SinkName = 'rest' | 'unclear' | 'setAside';

/**
 * Keeps items. It is not called again before it resolves. Items of one name come in the order of
 * the source.
 */
export type Sink<T> = (name: SinkName, items: readonly T[]) => Promise<void>;

/** Passes items to a sink until the sink fails. */
export class SinkWriter<T> {
  /** The failure of the sink. After it, nothing more is kept. */
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
