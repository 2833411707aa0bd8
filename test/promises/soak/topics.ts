import type { NewRecord } from '../../../src/core/kafka';
import type { Payload } from '../../../src/core/kafka';

export interface SoakTopic {
  readonly name: string;
  readonly partitions: number;
  /** How many records each partition begins with; nobody produces to such a topic. */
  readonly filled?: number;
}

/** What the cluster holds. */
export const topics: readonly SoakTopic[] = [
  { name: 'history', partitions: 6, filled: 4_000 },
  { name: 'journal', partitions: 1, filled: 15_000 },
  { name: 'orders', partitions: 4 },
  { name: 'events', partitions: 1 },
  { name: 'copies', partitions: 3 },
];

/** Stands in every value, and so must stand in no line of the log and in no error. */
export const CANARY = 'never-to-be-logged';

/**
 * The value of a record: JSON with an id that tells it from all others, and a number to filter by.
 */
export function valueOf(id: string, n: number, length = 120): string {
  return JSON.stringify({ id, n, canary: CANARY, text: 'abcdefghij'.repeat(length / 10) });
}

/** What a topic begins with, all partitions alike in number. */
export function historyRecords({ name, partitions, filled = 0 }: SoakTopic): NewRecord[] {
  return Array.from({ length: partitions * filled }, (_, n) => ({
    key: n % 7 === 0 ? null : `key-${n % 100}`,
    value: valueOf(`${name}-${n}`, n % 1000, 200),
    partition: n % partitions,
    timestamp: 1_750_000_000_000 + n * 10,
  }));
}

interface Digested {
  readonly offset: bigint | number;
  readonly timestamp?: number;
  readonly key: Payload | null;
  readonly value: Payload | null;
}

/** A record as one line, to be compared by a hash of many. */
export function recordLine({ offset, timestamp, key, value }: Digested): string {
  return JSON.stringify([String(offset), timestamp, key, value]) + '\n';
}
