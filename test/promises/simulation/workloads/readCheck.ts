import type { KafkaRecord, Offset } from '../../../../src/core/kafka';
import type { Reader, ReadNotice } from '../../../../src/core/read/reader';
import { must } from '../../must';
import type { Scene } from './scene';

export interface Stretch {
  readonly partition: number;
  readonly from: Offset;
  readonly to: Offset;
}

/**
 * Follows what one or more readers hand out of a topic, each of which goes on where the one before
 * was: in every partition record after record, each as it was written, without a double, and
 * without a gap unless compaction or a transaction made it, or the reader says that retention did,
 * and it is true.
 */
export class ReadCheck {
  /** The offset that comes next in each partition. */
  readonly #next = new Map<number, Offset>();
  /** What the readers said they could not read. */
  readonly #told = new Map<number, Stretch[]>();
  #reader: Reader | undefined;
  #notices = 0;
  records = 0;

  constructor(
    private readonly scene: Scene,
    private readonly topic: string,
  ) {}

  /** Says that from now on this reader hands out. */
  begin(reader: Reader): void {
    this.#hear();
    this.#reader = reader;
    this.#notices = 0;
    this.#hear();
    for (const { partition, from } of reader.ranges) {
      const next = this.#next.get(partition);
      if (next === undefined) this.#next.set(partition, from);
      else this.#mayGoTo(partition, from);
    }
  }

  take(batch: readonly KafkaRecord[]): void {
    this.#hear();
    for (const record of batch) {
      const { partition, offset } = record;
      this.#mayGoTo(partition, offset);
      this.#mustBeWritten(record);
      this.#next.set(partition, offset + 1n);
    }
    this.records += batch.length;
  }

  /** Compares what was read with the reader's own account of where it is. */
  settle(): void {
    this.#hear();
    for (const [partition, position] of this.#reader?.position ?? []) {
      this.#mayGoTo(partition, position);
    }
  }

  /** Whether everything is read that each partition now holds. */
  get isAtEnd(): boolean {
    const { cluster } = this.scene;
    for (let partition = 0; partition < cluster.partitions(this.topic); partition++) {
      const last = cluster
        .written(this.topic, partition)
        .findLast(({ offset }) => !cluster.isGap(this.topic, partition, offset));
      if (last && (this.#next.get(partition) ?? 0n) <= last.offset) return false;
    }
    return true;
  }

  /** The offset of a partition that was not read yet. */
  next(partition: number): Offset | undefined {
    return this.#next.get(partition);
  }

  /** Takes note of what the reader says, and sees whether it is true. */
  #hear(): void {
    const { notices = [] } = this.#reader ?? {};
    for (const notice of notices.slice(this.#notices)) {
      const stretch = stretchOf(notice);
      if (!stretch) continue;
      const { partition, from, to } = stretch;
      const earliest = this.scene.cluster.earliest(this.topic, partition);
      const isGap = notice.kind === 'empty' && this.#afterGaps(partition, from) >= to;
      must(
        to <= earliest || isGap,
        `${this.#place(partition)}: ${from} to ${to} is told as ${notice.kind}, but the log begins at ${earliest}`,
      );
      const known = this.#told.get(partition);
      if (known) known.push(stretch);
      else this.#told.set(partition, [stretch]);
    }
    this.#notices = notices.length;
  }

  /** Checks that nothing is passed over up to an offset, and that it does not go back. */
  #mayGoTo(partition: number, to: Offset): void {
    const next = this.#next.get(partition);
    must(next !== undefined, `${this.#place(partition)} was not asked for`);
    must(to >= next, `${this.#place(partition)}: ${to} comes where ${next} is next`);
    for (let at = this.#afterGaps(partition, next); at < to;) {
      const told = this.#told.get(partition)?.find(({ from, to }) => from <= at && at < to);
      must(
        told !== undefined,
        `${this.#place(partition)}: ${at} was passed over on the way to ${to}`,
      );
      at = this.#afterGaps(partition, told.to);
    }
    this.#next.set(partition, to);
  }

  /** Returns the first offset from `at` on that compaction and transactions have left. */
  #afterGaps(partition: number, at: Offset): Offset {
    let left = at;
    while (this.scene.cluster.isGap(this.topic, partition, left)) left += 1n;
    return left;
  }

  #mustBeWritten({ partition, offset, key, value }: KafkaRecord): void {
    const written = this.scene.cluster
      .written(this.topic, partition)
      .find((each) => each.offset === offset);
    must(written !== undefined, `${this.#place(partition)}: ${offset} was never written`);
    must(
      isSame(key, written.key) && isSame(value, written.value),
      `${this.#place(partition)}: ${offset} is not what was written`,
    );
  }

  #place(partition: number): string {
    return `${this.topic}/${partition}`;
  }
}

/** Returns the offsets that a reader says it could not read, if it does. */
export function stretchOf(notice: ReadNotice): Stretch | undefined {
  const { kind } = notice;
  if (kind === 'moved' || kind === 'empty' || kind === 'unreadable') return notice;
  if (kind !== 'clamped' || notice.bound !== 'from' || notice.end !== 'earliest') return undefined;
  const { partition, asked, used } = notice;
  return { partition, from: asked, to: used };
}

function isSame(a: KafkaRecord['key'], b: KafkaRecord['key']): boolean {
  // Some proxies give an empty key for none.
  return Buffer.from(a ?? '').equals(Buffer.from(b ?? ''));
}
