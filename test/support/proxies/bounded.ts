import assert from 'node:assert/strict';
import type { BoundedPartition, Partition } from '../../../src/core/kafka';

/** Returns a partition whose offsets must be known. */
export function bounded(partition: Partition): BoundedPartition {
  assert.ok(partition.latest !== undefined, `the offsets of partition ${partition.id} are unknown`);
  return partition;
}
