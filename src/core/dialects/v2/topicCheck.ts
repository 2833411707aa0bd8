import type { NewRecord, ProduceResult } from '../../kafka';

/** How long the number of partitions of a topic is believed, in milliseconds. */
const BELIEVED_MS = 60_000;

/** What it takes to write records to a topic. */
export interface Destination {
  readonly topic: string;
  /** Rejects with kind `not-found` if there is no such topic. */
  readonly countPartitions: () => Promise<number>;
  /** Returns one result for each record. */
  readonly send: (records: readonly NewRecord[]) => Promise<readonly ProduceResult[]>;
}

/**
 * Keeps records back that have nowhere to go. A proxy looks for a topic or a partition that does not
 * exist for a minute, and what becomes of the other records of the call may stay unclear.
 */
export class TopicCheck {
  readonly #known = new Map<string, { readonly count: number; readonly until: number }>();

  /**
   * Sends the records, except those for partitions that do not exist: these are refused. Rejects as
   * `countPartitions` and `send` do.
   */
  async produce(
    records: readonly NewRecord[],
    { topic, countPartitions, send }: Destination,
  ): Promise<readonly ProduceResult[]> {
    const highest = records.reduce((max, { partition = -1 }) => Math.max(max, partition), -1);
    let known = this.#known.get(topic);
    if (!known || known.until <= performance.now() || highest >= known.count) {
      known = { count: await countPartitions(), until: performance.now() + BELIEVED_MS };
      this.#known.set(topic, known);
    }
    const { count } = known;
    const exists = ({ partition = -1 }: NewRecord): boolean => partition < count;
    const sent = highest < count ? records : records.filter(exists);
    const results = sent.length > 0 ? await send(sent) : [];
    if (results.some(({ status }) => status !== 'accepted')) this.#known.delete(topic);
    if (sent === records) return results;
    const next = results.values();
    return records.map((record): ProduceResult => {
      if (!exists(record)) return { status: 'refused', detail: `no partition ${record.partition}` };
      return next.next().value ?? { status: 'unclear', detail: '' };
    });
  }
}
