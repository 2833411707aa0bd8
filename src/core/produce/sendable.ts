import { KafkaError } from '../errors';
import type { Capabilities, NewRecord, Payload } from '../kafka';
import { payloadText } from '../message/parse';
import { encodedSize, type ProduceCapabilities } from './batchLimit';

/** What a record needs that not every dialect can carry. */
export type ProduceFeature = 'headers' | 'timestamp' | 'tombstone' | 'binary';

/** A record that a dialect can carry, so that it may be sent as it is. */
export interface Sendable {
  readonly record: NewRecord;
  /** Bytes that it takes in the body of a call, see `encodedSize`. */
  readonly size: number;
}

/** Records that are to be sent together, checked as one; `sizes` holds the size of each. */
export interface CheckedRecords {
  readonly records: readonly NewRecord[];
  readonly sizes: readonly number[];
}

/** The first record that a dialect cannot carry, by its index, and why. */
export interface Uncarried {
  readonly index: number;
  readonly feature: ProduceFeature;
}

/**
 * Checks and measures records that are to be sent together. If the dialect cannot carry one of them,
 * nothing may be sent. Throws a `KafkaError` of kind `unsupported` if the proxy cannot produce at all.
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

/** The first thing about a record that the dialect cannot carry. */
export function unsupportedFeature(
  { key, value, headers, timestamp }: NewRecord,
  can: ProduceCapabilities,
): ProduceFeature | undefined {
  if (headers?.length && !can.headers) return 'headers';
  if (timestamp !== undefined && !can.timestamp) return 'timestamp';
  if (value === null && !can.tombstone) return 'tombstone';
  if (!can.binary && !(isText(key) && isText(value))) return 'binary';
  return undefined;
}

/** Whether a payload has a form in UTF-8: half a surrogate pair has none. */
function isText(payload: Payload | null | undefined): boolean {
  if (payload === null || payload === undefined) return true;
  return payloadText(payload)?.isWellFormed() ?? false;
}
