import type { Cluster } from './cluster';

/**
 * A topic with `records` JSON values of exactly `bytes` bytes, distributed over its partitions in
 * turn.
 */
export interface FilledTopic {
  readonly name: string;
  readonly partitions: number;
  /** The number of records in the whole topic. */
  readonly records: number;
  readonly bytes: number;
  /** The offset of the first record of each partition; default 0. */
  readonly firstOffset?: bigint;
}

/**
 * Creates and fills the topic. Timestamps are one millisecond apart and end just before
 * `now` (epoch milliseconds).
 */
export function fillTopic(cluster: Cluster, filled: FilledTopic, now: number): void {
  const { name, partitions, records, bytes, firstOffset } = filled;
  const topic = cluster.create({ name, partitions, firstOffset });
  const filler = 'abcdefghijklmnopqrstuvwxyz0123456789'.repeat(Math.ceil((bytes + 36) / 36));
  for (let n = 0; n < records; n++) {
    const record = {
      key: `key-${n}`,
      value: valueOf(n, bytes, filler),
      partition: n % partitions,
      timestamp: now - records + n,
    };
    cluster.append(topic, [record]);
  }
}

/** Returns `{"n":17,"text":"..."}`, or only a number if that is too long. */
function valueOf(n: number, bytes: number, filler: string): string {
  const open = `{"n":${n},"text":"`;
  const rest = bytes - open.length - 2;
  if (rest < 0) return '1'.repeat(bytes);
  return `${open}${filler.slice(n % 36, (n % 36) + rest)}"}`;
}
