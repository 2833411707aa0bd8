import type { ProduceCapabilities } from '../../core/produce/batchLimit';
import type { NewRecord } from '../../core/kafka';
import { obstacleOf } from '../../core/produce/sendable';
import type { BulkItem, Reason } from './bulkReport';

/** The record to send, or why the item cannot be sent. */
export type Validated =
  | { readonly record: NewRecord; readonly reason?: never }
  | { readonly record?: never; readonly reason: Reason };

/** Checks whether the proxy can carry an item and whether its partition exists. */
export function validate(
  item: BulkItem,
  can: ProduceCapabilities,
  partitions: ReadonlySet<number>,
): Validated {
  if (item.kind === 'bad') return { reason: { kind: 'bad' } };
  const { record } = item;
  const reason = obstacleOf(record, can, partitions);
  return reason ? { reason } : { record };
}
