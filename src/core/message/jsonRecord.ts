import { type JsonScanner, unquote } from '../json/scanner';
import type { NewRecord, Payload, RecordHeader } from '../kafka';
import { bytesOfJson } from './bytes';
import { headersOfJson } from './headers';
import { isMemberName, isTaken, type MemberName, type TakeOptions } from './members';
import { ProblemAt } from './payloadProblem';
import { NO_TIMESTAMP, parseTimestamp } from './timestamp';

/** Kafka numbers partitions with 32-bit integers. */
const MAX_PARTITION = 2 ** 31 - 1;

/** A value as it is written, and its index in the text. */
interface Member {
  readonly json: string;
  readonly at: number;
}

/**
 * Reads the JSON object at the scanner and returns the record that it stands for, see
 * `parsePayload`. Throws a `ProblemAt` or a `JsonSyntaxError`.
 */
export function takeRecord(scanner: JsonScanner, options: TakeOptions): NewRecord {
  if (scanner.peek() !== '{') throw new ProblemAt({ kind: 'not-a-record' }, scanner.at);
  const start = scanner.at;
  const found: Partial<Record<MemberName | 'problem', Member>> = {};
  scanner.members((member, nameAt) => {
    if (member !== 'problem' && !isMemberName(member))
      throw new ProblemAt({ kind: 'member-unknown', member }, nameAt);
    if (found[member]) throw new ProblemAt({ kind: 'member-twice', member }, nameAt);
    found[member] = { at: scanner.at, json: scanner.value() };
  });
  const { key, headers, value, partition } = found;
  const timestamp = isTaken('timestamp', options) ? found.timestamp : undefined;
  if (!value) throw new ProblemAt({ kind: 'value-missing' }, start);
  const record = plainRecord(key, value, partition);
  if (!headers && !timestamp) return record;
  const given = headers ? headersOf(headers) : [];
  const time = timestamp && timestampOf(timestamp);
  return {
    ...record,
    ...(given.length > 0 && { headers: given }),
    ...(time !== undefined && { timestamp: time }),
  };
}

/** Built without spreads: for millions of records, a spread would create as many extra objects. */
function plainRecord(
  key: Member | undefined,
  value: Member,
  partition: Member | undefined,
): NewRecord {
  const payload = payloadOf(value);
  if (!key)
    return partition ? { value: payload, partition: partitionOf(partition) } : { value: payload };
  const keyed = { key: keyOf(key), value: payload };
  return partition ? { ...keyed, partition: partitionOf(partition) } : keyed;
}

function payloadOf({ json }: Member): Payload | null {
  if (json === 'null') return null;
  return json.startsWith('"') ? unquote(json) : (bytesOfJson(json) ?? json);
}

function keyOf(member: Member): Payload | null {
  const key = payloadOf(member);
  if (typeof key === 'string' && /^[[{tf]/.test(member.json)) {
    throw new ProblemAt({ kind: 'key-not-text' }, member.at);
  }
  return key;
}

function headersOf({ json, at }: Member): readonly RecordHeader[] {
  const headers = headersOfJson(json);
  if (!headers) throw new ProblemAt({ kind: 'headers-wrong' }, at);
  return headers;
}

/** Returns the time of a record, or `undefined` if it has none. */
function timestampOf({ json, at }: Member): number | undefined {
  if (json === 'null' || json === String(NO_TIMESTAMP)) return undefined;
  const time = parseTimestamp(json.startsWith('"') ? unquote(json) : json);
  if (time === undefined || time < 0) throw new ProblemAt({ kind: 'timestamp-wrong' }, at);
  return time;
}

function partitionOf({ json, at }: Member): number {
  const partition = partitionNumber(json);
  if (partition === undefined) throw new ProblemAt({ kind: 'partition-not-a-number' }, at);
  return partition;
}

/**
 * Returns the partition of some digits, or `undefined` if that is not a whole number of 31 bits.
 */
export function partitionNumber(text: string): number | undefined {
  const partition = Number(text);
  return /^[0-9]+$/.test(text) && partition <= MAX_PARTITION ? partition : undefined;
}
