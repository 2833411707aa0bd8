import { JsonScanner, JsonSyntaxError, unquote } from '../json/scanner';
import type { NewRecord, Payload, RecordHeader } from '../kafka';
import { bytesOfJson } from './bytes';
import { headersOfJson } from './headers';
import { isMemberName, isTaken, type MemberName, type TakeOptions } from './members';
import { NO_TIMESTAMP, parseTimestamp } from './timestamp';

export type PayloadProblemKind =
  /** The text is not JSON from here on. */
  | 'not-json'
  /** Not an object with `value` and, optionally, `key`, `headers` and `partition`. */
  | 'not-a-record'
  | 'value-missing'
  /** The key is not a string, a number, bytes or null. */
  | 'key-not-text'
  /** The partition is not a whole number of 0 or more. */
  | 'partition-not-a-number'
  /** The headers are neither a list of names and values nor an object. */
  | 'headers-wrong'
  /** The timestamp is neither ISO 8601 nor epoch milliseconds. Checked only if it is asked for. */
  | 'timestamp-wrong'
  /** The record has a member that is not known. */
  | 'member-unknown'
  /** The record has two members of the same name. */
  | 'member-twice'
  /** The text contains no record. */
  | 'no-record';

/** Why a text cannot be read as records, and where. Line and column count from 1. */
export interface PayloadProblem {
  readonly kind: PayloadProblemKind;
  readonly line: number;
  readonly column: number;
  /** The name of the member that is unknown or occurs twice. */
  readonly member?: string;
}

/** Records, or the first problem. */
export type ParsedPayload =
  | { readonly records: readonly NewRecord[]; readonly problem?: never }
  | { readonly records?: never; readonly problem: PayloadProblem };

/** A record, or the first problem. */
export type ParsedRecord =
  | { readonly record: NewRecord; readonly problem?: never }
  | { readonly record?: never; readonly problem: PayloadProblem };

/** The shape that a text seems to have. If it is several records, `many` is their parsed form. */
export type PayloadGuess =
  | { readonly shape: 'one'; readonly many?: never }
  | { readonly shape: 'array' | 'lines'; readonly many: ParsedPayload };

const ARRAY_START = /^\s*\[/;
/** Kafka numbers partitions with 32-bit integers. */
const MAX_PARTITION = 2 ** 31 - 1;

/**
 * Returns the records that a text stands for, or the first problem. `one`: a single record whose
 * value is exactly the text. `many`: a JSON array, or JSON Lines, of objects `{key?, headers?,
 * value, partition?}`; blank lines are ignored. A string stands for its text; `null` for Kafka's
 * null; `{"base64": "..."}` for those bytes; any other value for its JSON text, exactly as it is
 * written. A key may be a string, `null`, bytes, or a number, again as it is written. For headers
 * see `headersOfJson`.
 *
 * The `offset` of a message that was consumed is ignored. So is `problem`, which says in a document
 * why a key or value could not be decoded. The `timestamp` is used only if `timestamps` asks for
 * it, because a message that is produced again is a new one.
 */
export function parsePayload(
  text: string,
  how: 'one' | 'many',
  options: TakeOptions = {},
): ParsedPayload {
  if (how === 'one') return { records: [{ value: text }] };
  return orProblem(text, () => {
    const records = ARRAY_START.test(text) ? parseArray(text, options) : parseLines(text, options);
    if (records.length === 0) throw new Problem({ kind: 'no-record' }, 0);
    return { records };
  });
}

/** Returns the record that one JSON object stands for, as in `many`, or the first problem. */
export function parseRecord(text: string, options: TakeOptions = {}): ParsedRecord {
  return orProblem(text, () => ({ record: wholeRecord(text, 0, options) }));
}

/** Returns the result of `parse`, or the `Problem` that it threw, with its place in the text. */
function orProblem<T>(text: string, parse: () => T): T | { readonly problem: PayloadProblem } {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { problem: { ...place(text, error.at), ...error.facts } };
  }
}

/**
 * Guesses whether a text is meant as several records. An array is if it is JSON and not empty.
 * Lines are if the first one is a JSON object with a `value`.
 */
export function guessPayload(text: string): PayloadGuess {
  if (ARRAY_START.test(text)) {
    const many = parsePayload(text, 'many');
    return many.records || isArrayDespite(many.problem, text)
      ? { shape: 'array', many }
      : { shape: 'one' };
  }
  const first = parseJson(/\S.*/.exec(text)?.[0] ?? '');
  if (typeof first !== 'object' || first === null || !('value' in first)) return { shape: 'one' };
  return { shape: 'lines', many: parsePayload(text, 'many') };
}

/** Whether an array is valid JSON with at least one element, despite a problem with its records. */
function isArrayDespite({ kind }: PayloadProblem, text: string): boolean {
  return kind !== 'not-json' && kind !== 'no-record' && parseJson(text) !== undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseArray(text: string, options: TakeOptions): NewRecord[] {
  return located(0, () => {
    const scanner = new JsonScanner(text);
    const records: NewRecord[] = [];
    scanner.elements(() => records.push(takeRecord(scanner, options)));
    scanner.expectEnd();
    return records;
  });
}

function parseLines(text: string, options: TakeOptions): NewRecord[] {
  const records: NewRecord[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    if (line.trim() !== '') records.push(wholeRecord(line, at, options));
    at += line.length + 1;
  }
  return records;
}

/** Returns the record that a text stands for. `base` is the index of the text in a larger one. */
function wholeRecord(text: string, base: number, options: TakeOptions): NewRecord {
  return located(base, () => {
    const scanner = new JsonScanner(text);
    const record = takeRecord(scanner, options);
    scanner.expectEnd();
    return record;
  });
}

/** A value as it is written, and its index in the text. */
interface Member {
  readonly json: string;
  readonly at: number;
}

function takeRecord(scanner: JsonScanner, options: TakeOptions): NewRecord {
  if (scanner.peek() !== '{') throw new Problem({ kind: 'not-a-record' }, scanner.at);
  const start = scanner.at;
  const found: Partial<Record<MemberName | 'problem', Member>> = {};
  scanner.members((member, nameAt) => {
    if (member !== 'problem' && !isMemberName(member))
      throw new Problem({ kind: 'member-unknown', member }, nameAt);
    if (found[member]) throw new Problem({ kind: 'member-twice', member }, nameAt);
    found[member] = { at: scanner.at, json: scanner.value() };
  });
  const { key, headers, value, partition } = found;
  const timestamp = isTaken('timestamp', options) ? found.timestamp : undefined;
  if (!value) throw new Problem({ kind: 'value-missing' }, start);
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
    throw new Problem({ kind: 'key-not-text' }, member.at);
  }
  return key;
}

function headersOf({ json, at }: Member): readonly RecordHeader[] {
  const headers = headersOfJson(json);
  if (!headers) throw new Problem({ kind: 'headers-wrong' }, at);
  return headers;
}

/** Returns the time of a record, or `undefined` if it has none. */
function timestampOf({ json, at }: Member): number | undefined {
  if (json === 'null' || json === String(NO_TIMESTAMP)) return undefined;
  const time = parseTimestamp(json.startsWith('"') ? unquote(json) : json);
  if (time === undefined || time < 0) throw new Problem({ kind: 'timestamp-wrong' }, at);
  return time;
}

function partitionOf({ json, at }: Member): number {
  const partition = partitionNumber(json);
  if (partition === undefined) throw new Problem({ kind: 'partition-not-a-number' }, at);
  return partition;
}

/**
 * Returns the partition of some digits, or `undefined` if that is not a whole number of 31 bits.
 */
export function partitionNumber(text: string): number | undefined {
  const partition = Number(text);
  return /^[0-9]+$/.test(text) && partition <= MAX_PARTITION ? partition : undefined;
}

/** Adds `base` to the place of any problem. */
function located<T>(base: number, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Problem) throw new Problem(error.facts, base + error.at);
    if (error instanceof JsonSyntaxError) {
      throw new Problem({ kind: 'not-json' }, base + error.at);
    }
    throw error;
  }
}

function place(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Returns the text of a payload, or `undefined` for bytes that are not UTF-8. */
export function payloadText(payload: Payload): string | undefined {
  if (typeof payload === 'string') return payload;
  try {
    return utf8.decode(payload);
  } catch {
    return undefined;
  }
}

/** A problem at an index of the text. */
class Problem extends Error {
  constructor(
    readonly facts: Omit<PayloadProblem, 'line' | 'column'>,
    readonly at: number,
  ) {
    super(facts.kind);
  }
}
