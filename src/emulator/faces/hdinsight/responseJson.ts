import type { Broker, KafkaRecord, Payload } from '../../../core/kafka';
import type { BackendOffsets, BackendPartition } from '../../backend';

/**
 * From the documentation: "It returns either count of records or 6 megabytes of data, which is
 * smaller."
 */
export const MAX_RESPONSE_BYTES = 6 * 1024 * 1024;
const PIECE_RECORDS = 256;

/** A broker in the JSON of the API. */
interface BrokerJson {
  readonly hostName: string;
  readonly port: number;
  readonly id: number;
  readonly rack: string | null;
}

/** Returns a broker in the JSON of the API. */
export function broker({ id, host = '', port = 0, rack }: Broker): BrokerJson {
  return { hostName: host, port, id, rack: rack ?? null };
}

/** Returns the JSON of a partition. */
export function partitionJson(
  { id, leader, replicas, isr }: BackendPartition,
  { earliest, latest }: BackendOffsets,
  brokers: ReadonlyMap<number, BrokerJson>,
): string {
  const known = (ids: readonly number[]) =>
    ids.map((each) => brokers.get(each) ?? broker({ id: each }));
  const [first = null] = leader === null ? [] : known([leader]);
  const rest = JSON.stringify({ leader: first, replicas: known(replicas), isr: known(isr) });
  return (
    `{"partition_id":${id},"earliest_offset":${earliest.toString()},` +
    `"latest_offset":${latest.toString()},${rest.slice(1)}`
  );
}

/** Returns the JSON of the records that fit into a response; of the first one at any size. */
export function fittingRecords(records: readonly KafkaRecord[]): string[] {
  const texts: string[] = [];
  let size = 0;
  for (const record of records) {
    const text = recordJson(record);
    size += Buffer.byteLength(text);
    if (texts.length > 0 && size > MAX_RESPONSE_BYTES) break;
    texts.push(text);
  }
  return texts;
}

/** Returns the JSON of a record, in which bytes that are not UTF-8 are replaced. */
export function recordJson({
  key,
  value,
  partition,
  offset,
  timestamp = -1,
  timestampType = 'CreateTime',
}: KafkaRecord): string {
  // Offsets are written as digits, because a JavaScript number is not exact above 2^53.
  return (
    `{"key":${textJson(key)},"value":${textJson(value)},` +
    `"partition":${partition},"offset":${offset.toString()},` +
    `"timestamp":${timestamp},"timestampType":"${timestampType}"}`
  );
}

function textJson(payload: Payload | null): string {
  if (payload === null || typeof payload === 'string') return JSON.stringify(payload);
  return JSON.stringify(Buffer.from(payload).toString('utf8'));
}

/** Joins records with commas into pieces of a few hundred, which can be sent one by one. */
export function pieces(records: readonly string[]): string[] {
  const joined: string[] = [];
  for (let at = 0; at < records.length; at += PIECE_RECORDS) {
    const comma = at === 0 ? '' : ',';
    joined.push(comma + records.slice(at, at + PIECE_RECORDS).join(','));
  }
  return joined;
}
