import { KafkaError } from '../../errors';
import type { NewRecord } from '../../kafka';

/** How long the number of partitions of a topic is believed, in milliseconds. */
const BELIEVED_MS = 60_000;

/**
 * Checks that topics and partitions exist before records go to them, because the proxy would hold
 * a request for one that does not for a minute, and then say that nothing was written.
 */
export class TopicCheck {
  readonly #known = new Map<string, { readonly count: number; readonly until: number }>();

  /** Rejects with kind `not-found` if there is no such topic, or no partition that a record names. */
  async check(
    topic: string,
    records: readonly NewRecord[],
    countPartitions: () => Promise<number>,
  ): Promise<void> {
    const highest = records.reduce((max, { partition = -1 }) => Math.max(max, partition), -1);
    const known = this.#known.get(topic);
    if (known && known.until > performance.now() && highest < known.count) return;
    const count = await countPartitions();
    this.#known.set(topic, { count, until: performance.now() + BELIEVED_MS });
    if (highest >= count) throw new KafkaError('not-found', { detail: `partition ${highest}` });
  }
}
