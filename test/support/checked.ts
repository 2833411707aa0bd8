import assert from 'node:assert/strict';
import type { KafkaProxy, NewRecord } from '../../src/core/kafka';
import { checkAll, type CheckedRecords } from '../../src/core/produce/sendable';

/** Returns records that a proxy can carry, as `produceAll` takes them. */
export function checkedFor(
  { capabilities }: Pick<KafkaProxy, 'capabilities'>,
  records: readonly NewRecord[],
): CheckedRecords {
  const { checked, uncarried } = checkAll(records, capabilities);
  assert.ok(checked, `not carried: ${JSON.stringify(uncarried)}`);
  return checked;
}
