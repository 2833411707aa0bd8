import { type JsonScanner, unquote } from '../json/scanner';
import type { NewRecord, RecordHeader } from '../kafka';
import { headersOfJson } from './headers';
import { type JsonMembers, type Member, takeMembers } from './jsonMembers';
import { isTaken, type TakeOptions } from './members';
import { ProblemAt } from './payloadProblem';
import { formOf, type RecordForm } from './recordForm';
import { NO_TIMESTAMP, parseTimestamp } from './timestamp';

/** Kafka numbers partitions with 32-bit integers. */
const MAX_PARTITION = 2 ** 31 - 1;

/**
 * Reads the JSON object at the scanner and returns the record that it stands for, see
 * `parsePayload`. Throws a `ProblemAt` or a `JsonSyntaxError`.
 */
export function takeRecord(scanner: JsonScanner, options: TakeOptions): NewRecord {
  if (scanner.peek() !== '{') throw new ProblemAt({ kind: 'not-a-record' }, scanner.at);
  const start = scanner.at;
  const members = takeMembers(scanner);
  const { headers } = members.found;
  const key = asRead(members.found.rawKey, 'key') ?? members.found.key;
  const value = asRead(members.found.rawValue, 'value') ?? members.found.value;
  const timestamp = isTaken('timestamp', options) ? members.found.timestamp : undefined;
  if (!value) throw new ProblemAt({ kind: 'value-missing' }, start);
  if (options.leftOut) tellLeftOut(members, options);
  const form = formOf(members, value, options);
  const record = plainRecord(form, key, value, partitionOf(members));
  if (!headers && !timestamp) return record;
  const given = headers ? headersOf(headers, form) : [];
  const time = timestamp && timestampOf(timestamp, members);
  return {
    ...record,
    ...(given.length > 0 && { headers: given }),
    ...(time !== undefined && { timestamp: time }),
  };
}

/** Returns what was read, which counts before what was decoded of it. */
function asRead(raw: Member | undefined, name: 'key' | 'value'): Member | undefined {
  return raw && { ...raw, name };
}

/** Built without spreads: for millions of records, a spread would create as many extra objects. */
function plainRecord(
  form: RecordForm,
  key: Member | undefined,
  value: Member,
  partition: number | undefined,
): NewRecord {
  const payload = form.value(value);
  if (!key) return partition === undefined ? { value: payload } : { value: payload, partition };
  const keyed = { key: form.key(key), value: payload };
  return partition === undefined ? keyed : { ...keyed, partition };
}

function tellLeftOut({ found, others }: JsonMembers, { leftOut, timestamps }: TakeOptions): void {
  const time = timestamps ? undefined : found.timestamp;
  for (const member of [found.offset, time, found.timestampType, found.topic, ...others]) {
    if (member && member.json !== 'null') leftOut?.(member.name);
  }
}

function headersOf({ json, at }: Member, form: RecordForm): readonly RecordHeader[] {
  const headers = headersOfJson(json, form.headers);
  if (!headers) throw new ProblemAt({ kind: 'headers-wrong' }, at);
  return headers;
}

/** Returns the time of a record, or `undefined` if it has none. */
function timestampOf({ json, at }: Member, { others }: JsonMembers): number | undefined {
  if (json === 'null' || json === String(NO_TIMESTAMP)) return undefined;
  const isOfAkhq = others.some(({ name }) => name === 'keySchemaId');
  const time = isOfAkhq && SECONDS.test(json) ? secondsOf(json) : parsedTime(json);
  if (time === undefined || time < 0) throw new ProblemAt({ kind: 'timestamp-wrong' }, at);
  return time;
}

/** Matches the seconds that AKHQ writes, and no milliseconds after 1973. */
const SECONDS = /^\d{1,11}(?:\.\d+)?$/;

function secondsOf(json: string): number {
  return Math.round(Number(json) * 1000);
}

function parsedTime(json: string): number | undefined {
  return parseTimestamp(json.startsWith('"') ? unquote(json) : json);
}

function partitionOf({ found, isExported }: JsonMembers): number | undefined {
  if (!found.partition) return undefined;
  const { json, at } = found.partition;
  const partition = partitionNumber(isExported && json.startsWith('"') ? unquote(json) : json);
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
