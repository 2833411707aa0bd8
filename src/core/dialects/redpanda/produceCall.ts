import { KafkaError } from '../../errors';
import { array, decodeJson, field, integer, optionalField, smallInteger } from '../../json/decode';
import type { NewRecord, ProduceResult } from '../../kafka';
import { toBase64 } from '../v2/base64';

/** What Kafka's numbers for errors say about records that were certainly not written. */
const REFUSALS: ReadonlyMap<number, string> = new Map([
  [3, 'unknown topic or partition'],
  [10, 'message too large'],
  [17, 'invalid topic'],
  [18, 'record list too large'],
  [29, 'not authorized for the topic'],
  [31, 'not authorized for the cluster'],
  [32, 'invalid timestamp'],
  [87, 'invalid record'],
]);
const TOO_LARGE: readonly number[] = [10, 18];

/**
 * Returns the body of a produce call. The proxy takes no null: a record without a value is a
 * tombstone, and one without a key gets an empty key.
 */
export function recordsBody(records: readonly NewRecord[]): string {
  const texts = records.map(({ key = null, value, partition }) => {
    const members = [
      ...(key === null ? [] : [`"key":"${toBase64(key)}"`]),
      ...(value === null ? [] : [`"value":"${toBase64(value)}"`]),
      ...(partition === undefined ? [] : [`"partition":${partition}`]),
    ];
    return `{${members.join(',')}}`;
  });
  return `{"records":[${texts.join(',')}]}`;
}

/** The result for the records of one partition, which the proxy writes in one batch. */
interface BatchResult {
  readonly partition: number;
  readonly code: number | undefined;
  /** The offset of the first record. */
  readonly offset: bigint;
}

/**
 * Returns one result for each record. The response has one for each partition that was written to,
 * so the place of a record is known if it names its partition, or if there is only one. Throws a
 * `KafkaError` of kind `protocol` if the response has another form.
 */
export function producedResults(
  text: string,
  records: readonly NewRecord[],
): readonly ProduceResult[] {
  const batches = decodeJson(text, (response) =>
    field(response, 'offsets', (list) => array(list, batchResult)),
  );
  const byPartition = new Map(batches.map((batch) => [batch.partition, batch]));
  const [only] = byPartition.size === 1 ? batches : [];
  const isPlaced = only !== undefined || records.every(({ partition }) => partition !== undefined);
  const failed = batches.find(({ code }) => code !== undefined);
  const written = new Map<number, bigint>();
  return records.map((record): ProduceResult => {
    const batch = only ?? (isPlaced ? byPartition.get(record.partition ?? -1) : undefined);
    if (!batch) {
      // The proxy has spread the records over partitions, and does not say which.
      return isPlaced || failed
        ? { status: 'unclear', detail: failed ? nameOf(failed) : '' }
        : { status: 'accepted' };
    }
    const { partition, code, offset } = batch;
    if (code !== undefined) return failureOf(batch);
    const before = written.get(partition) ?? 0n;
    written.set(partition, before + 1n);
    return { status: 'accepted', partition, offset: offset + before };
  });
}

/**
 * Throws a `KafkaError` of kind `too-large` if several records were refused for their size together,
 * and none was written. Kafka refuses a batch as a whole, so that smaller calls find the one record
 * that is too large, if there is one.
 */
export function throwIfTooLarge(results: readonly ProduceResult[]): void {
  const [first, second] = results;
  const isTooLarge = (each: ProduceResult) => each.status === 'refused' && each.isTooLarge === true;
  if (first?.status !== 'refused' || !second || !results.every(isTooLarge)) return;
  throw new KafkaError('too-large', { detail: first.detail });
}

function failureOf(batch: BatchResult): ProduceResult {
  const { code = 0 } = batch;
  const detail = nameOf(batch);
  if (!REFUSALS.has(code)) return { status: 'unclear', detail };
  return {
    status: 'refused',
    detail,
    ...(TOO_LARGE.includes(code) && { isTooLarge: true as const }),
  };
}

function nameOf({ code = 0 }: BatchResult): string {
  return REFUSALS.get(code) ?? `Kafka error ${code}`;
}

function batchResult(value: unknown): BatchResult {
  return {
    partition: field(value, 'partition', smallInteger),
    code: optionalField(value, 'error_code', smallInteger),
    offset: field(value, 'offset', integer),
  };
}
