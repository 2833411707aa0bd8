import { KafkaError } from '../errors';
import type { Capabilities, NewRecord } from '../kafka';
import { memberNames, members, type ProduceFeature } from '../message/members';
import { encodedSize, type ProduceCapabilities } from './batchLimit';

/** A record that the dialect can carry, so that it may be sent as it is. */
export interface Sendable {
  readonly record: NewRecord;
  /** The bytes that it takes in the body of a call; see `encodedSize`. */
  readonly size: number;
}

/** Records that were checked and are to be sent together. `sizes` holds the size of each. */
export interface CheckedRecords {
  readonly records: readonly NewRecord[];
  readonly sizes: readonly number[];
}

/** The index of the first record that a dialect cannot carry, and the feature that is missing. */
export interface Uncarried {
  readonly index: number;
  readonly feature: ProduceFeature;
}

/**
 * Checks and measures records that are to be sent together. If the dialect cannot carry one of
 * them, nothing may be sent. Throws a `KafkaError` of kind `unsupported` if the proxy cannot
 * produce at all.
 */
export function checkAll(
  records: readonly NewRecord[],
  { produce: can }: Pick<Capabilities, 'produce'>,
):
  | { readonly checked: CheckedRecords; readonly problem?: never }
  | { readonly checked?: never; readonly problem: Uncarried } {
  if (!can) throw new KafkaError('unsupported');
  const sizes: number[] = [];
  for (const [index, record] of records.entries()) {
    const feature = unsupportedFeature(record, can);
    if (feature) return { problem: { index, feature } };
    sizes.push(encodedSize(record, can));
  }
  return { checked: { records, sizes } };
}

/** Returns the first feature that a record needs and the dialect does not support, if any. */
export function unsupportedFeature(
  record: NewRecord,
  can: ProduceCapabilities,
): ProduceFeature | undefined {
  for (const name of memberNames) {
    const feature = members[name].needs(record);
    if (feature && !can[feature]) return feature;
  }
  return undefined;
}
