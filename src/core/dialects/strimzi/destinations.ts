import { KafkaError } from '../../errors';
import type { CallOptions } from '../../kafka';
import type { V2Wire } from '../v2/wire';

/** How long to wait for the partitions of a topic before records are sent without knowing them. */
const MAX_WAIT_MS = 2_000;

/**
 * Knows where records can be written. The bridge looks for a topic or partition that does not exist
 * for a minute, in which the records that it was sent may become unclear.
 */
export class Destinations {
  /** The ids of the partitions by topic; `undefined`: the bridge did not tell. */
  readonly #known = new Map<string, ReadonlySet<number> | undefined>();

  constructor(private readonly wire: V2Wire) {}

  /**
   * Returns those of some partitions that the topic does not have. Asks the bridge only about what
   * is not known yet. Rejects with kind `not-found` if there is no such topic.
   */
  async missing(
    topic: string,
    partitions: ReadonlySet<number>,
    { signal }: CallOptions,
  ): Promise<ReadonlySet<number>> {
    let known = this.#known.get(topic);
    const isCurrent = this.#known.has(topic) && (!known || isSubset(partitions, known));
    if (!isCurrent) {
      known = await this.#ask(topic, signal);
      this.#known.set(topic, known);
    }
    return new Set([...partitions].filter((id) => known?.has(id) === false));
  }

  /** Asks about a topic again the next time. */
  forget(topic: string): void {
    this.#known.delete(topic);
  }

  async #ask(topic: string, signal?: AbortSignal): Promise<ReadonlySet<number> | undefined> {
    const limit = AbortSignal.timeout(MAX_WAIT_MS);
    try {
      const either = signal ? AbortSignal.any([signal, limit]) : limit;
      const layout = await this.wire.layout(topic, { signal: either });
      return new Set(layout.map(({ id }) => id));
    } catch (error) {
      signal?.throwIfAborted();
      // A gateway may let only produce calls through, so that 404 alone proves nothing.
      if (error instanceof KafkaError && error.detail.includes('UnknownTopicOrPartition')) {
        throw error;
      }
      return undefined;
    }
  }
}

function isSubset(part: ReadonlySet<number>, whole: ReadonlySet<number>): boolean {
  return [...part].every((id) => whole.has(id));
}
