import { createHash, type Hash } from 'node:crypto';
import type { KafkaRecord, Offset } from '../../../src/core/kafka';
import type { ReadRange } from '../../../src/core/read/reader';
import { must } from '../must';
import { recordLine } from './topics';
import { type World } from './world';

interface Seen {
  readonly from: Offset;
  next: Offset;
  readonly hash: Hash;
}

/**
 * Follows what a read hands out: in each partition record after record, without a gap or a double.
 */
export class ReadCheck {
  readonly #partitions: Map<number, Seen>;
  records = 0;

  constructor(
    private readonly world: World,
    private readonly topic: string,
    ranges: readonly ReadRange[],
  ) {
    this.#partitions = new Map(
      ranges.map(({ partition, from }) => [
        partition,
        { from, next: from, hash: createHash('sha256') },
      ]),
    );
  }

  take(batch: readonly KafkaRecord[]): void {
    for (const record of batch) {
      const { partition, offset } = record;
      const seen = this.#partitions.get(partition);
      must(seen !== undefined, `${this.topic}: partition ${partition} was not asked for`);
      must(
        offset === seen.next,
        `${this.topic}/${partition}: offset ${offset} was read where ${seen.next} is next`,
      );
      seen.next++;
      seen.hash.update(recordLine(record));
    }
    this.records += batch.length;
  }

  /** Compares all that was read with the log, and the reader's own account of where it is. */
  async settle(position: ReadonlyMap<number, Offset>): Promise<void> {
    for (const [partition, { from, next, hash }] of this.#partitions) {
      const place = `${this.topic}/${partition}`;
      const told = position.get(partition);
      must(told === next, `${place}: the reader says ${told}, but ${next} is next`);
      const range = { topic: this.topic, partition, from, until: next };
      const expected = await this.world.witness.ask('digest', range);
      must(hash.digest('hex') === expected, `${place}: ${from} to ${next} was read wrongly`);
    }
  }
}
