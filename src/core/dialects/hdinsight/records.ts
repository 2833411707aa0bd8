import { KafkaError } from '../../errors';
import {
  array,
  decodeJson,
  field,
  integer,
  isArray,
  optionalField,
  smallInteger,
  string,
  text,
} from '../../json/decode';
import { BACKSLASH, endOfString, QUOTE, SPACE } from '../../json/bytes';
import { unquote } from '../../json/scanner';
import type { KafkaRecord, Offset } from '../../kafka';
import { utf8Text } from '../../text/utf8';

/** The records of the response to a consume call, in offset order. */
export interface ResponseRecords {
  readonly count: number;
  /** The offset of the last record. */
  readonly last: Offset | undefined;
  /**
   * Decodes and returns the next few records, or `undefined` when there are no more. Records are
   * decoded late because they take far less memory as bytes. Throws as `parseRecords` does.
   */
  readonly take: () => readonly KafkaRecord[] | undefined;
  /** Makes the records that were taken independent of the response's memory. */
  readonly finish?: () => void;
}

/**
 * Returns the records of the response to a consume call. The response is a bare array, as in the
 * reference, or `{"records": [...]}`, as the sample program reads it. A key or value that is not a
 * string is returned as its JSON text. Throws a `KafkaError` of kind `protocol` for anything else,
 * such as records of another partition.
 */
export function parseRecords(response: Buffer, partition: number): ResponseRecords {
  const list = findRecords(response);
  const large = list?.count === 1 ? largeRecord(response, list) : undefined;
  if (large) return inOrder(large, partition);
  const last = list && decodePart(response, list.last, list.end);
  if (!list || last?.length !== 1) return inOrder(atOnce(decodeAll(response)), partition);
  const parts = new Parts(response, list);
  const { count } = list;
  return inOrder({ count, last: last[0]?.offset, take: () => parts.take() }, partition);
}

/** Wraps records that are already decoded. */
export function atOnce(records: readonly KafkaRecord[]): ResponseRecords {
  const left = [records];
  return { count: records.length, last: records.at(-1)?.offset, take: () => left.pop() };
}

/** Where the records are in a response. */
interface RecordList {
  /** The bytes between two records, including their brackets. */
  readonly joint: Buffer;
  readonly count: number;
  readonly begin: number;
  /** Where the last record begins. */
  readonly last: number;
  readonly end: number;
}

/** About how many bytes of a response are decoded at once. */
const PIECE_BYTES = 64 * 1024;
/**
 * Matches the text before the records, and the beginning of the first record up to a member's name.
 */
const BEGIN = /^(\s*(?:\{\s*"records"\s*:\s*)?\[\s*)(\{"\w+":)/;

/**
 * Finds where the records are. Returns `undefined` if the response is too small for this to be
 * worthwhile, or if it does not have the expected form. Part of a value may look like a joint, in
 * which case the text between two joints is not JSON.
 */
function findRecords(response: Buffer): RecordList | undefined {
  if (response.length < 2 * PIECE_BYTES) return undefined;
  const [, before, opening] = BEGIN.exec(response.toString('latin1', 0, 100)) ?? [];
  const end = response.lastIndexOf(']');
  if (before === undefined || opening === undefined) return undefined;
  const after = response.toString('latin1', end).trimEnd();
  if (after !== (before.trimStart().startsWith('{') ? ']}' : ']')) return undefined;
  const joint = Buffer.from(`},${opening}`);
  const begin = before.length;
  let [count, last] = [1, begin];
  for (let at = response.indexOf(joint); at >= 0; at = response.indexOf(joint, at + joint.length)) {
    count += 1;
    last = at + '},'.length;
  }
  return { joint, count, begin, last, end };
}

/**
 * Decodes a response part by part. It is a class, because a generator would keep alive the records
 * that it has yielded.
 */
class Parts {
  #at: number;
  #taken = 0;

  constructor(
    private readonly response: Buffer,
    private readonly list: RecordList,
  ) {
    this.#at = list.begin;
  }

  take(): readonly KafkaRecord[] | undefined {
    const { joint, end } = this.list;
    if (this.#at >= end) return undefined;
    const next = this.response.indexOf(joint, this.#at + PIECE_BYTES);
    const partEnd = next < 0 ? end : next + '}'.length;
    const records = decodePart(this.response, this.#at, partEnd);
    this.#at = records ? partEnd + ','.length : end;
    // Either the cut was in the wrong place, or the response is invalid. Decoding all of it then
    // throws an error that names the place.
    if (!records) return decodeAll(this.response).slice(this.#taken);
    this.#taken += records.length;
    return records;
  }
}

/** A record of this size or more, in bytes, is decoded in two steps. */
const LARGE = 1024 * 1024;
const VALUE = Buffer.from('"value":"');
/** Replaces the value, to check that the bytes that were cut out were really the value. */
const PLACEHOLDER = '\0value\0';

/**
 * Returns a record whose value is decoded when it is first asked for. In a read of several
 * partitions one record of each is in memory, and only its timestamp is needed until its turn
 * comes. Returns `undefined` if the response is not of the expected form.
 */
function largeRecord(response: Buffer, { begin, end }: RecordList): ResponseRecords | undefined {
  const from = response.indexOf(VALUE, begin) + VALUE.length - 1;
  if (end - begin < LARGE || from < begin) return undefined;
  const to = endOfString(response, from + 1);
  if (!isJsonString(response, from, to)) return undefined;
  const [before, after] = [response.subarray(begin, from), response.subarray(to, end)];
  const json = utf8Text(before) + JSON.stringify(PLACEHOLDER) + utf8Text(after);
  const [rest, ...others] = decodeRecords(json) ?? [];
  if (rest?.value !== PLACEHOLDER || others.length > 0) return undefined;

  let bytes: Buffer | undefined = response.subarray(from, to);
  let value = '';
  const decode = (): string => {
    if (bytes) value = unquote(utf8Text(bytes));
    // The record may outlive the response, so it must not hold on to its bytes.
    bytes = undefined;
    return value;
  };
  const large = {
    ...rest,
    get value() {
      return decode();
    },
  };
  return { ...atOnce([large]), finish: decode };
}

/** Whether the bytes between two places are one JSON string, including its quotes. */
function isJsonString(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from + 1; at < to - 1; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < SPACE) return false;
    if (byte !== BACKSLASH) continue;
    at += 1;
    const escaped = bytes[at] ?? 0;
    if (escaped === UNICODE && !/^[0-9a-f]{4}$/i.test(bytes.toString('latin1', at + 1, at + 5)))
      return false;
    if (escaped !== UNICODE && !ESCAPED.includes(escaped)) return false;
  }
  return bytes[to - 1] === QUOTE && to - from >= 2;
}

const UNICODE = 0x75;
const ESCAPED = Buffer.from('"\\/bfnrt');

/**
 * Decodes the records between two places of a response. Returns `undefined` if there is anything
 * else.
 */
function decodePart(
  response: Buffer,
  from: number,
  to: number,
): readonly KafkaRecord[] | undefined {
  return decodeRecords(utf8Text(response.subarray(from, to)));
}

function decodeRecords(json: string): readonly KafkaRecord[] | undefined {
  try {
    return decodeJson(`[${json}]`, (list) => array(list, record));
  } catch (error) {
    if (error instanceof KafkaError) return undefined;
    throw error;
  }
}

function decodeAll(response: Buffer): readonly KafkaRecord[] {
  return decodeJson(utf8Text(response), (value) =>
    isArray(value) ? array(value, record) : field(value, 'records', (list) => array(list, record)),
  );
}

/** Returns the same records. `take` throws if one is of another partition or out of order. */
function inOrder(list: ResponseRecords, partition: number): ResponseRecords {
  let previous = -1n;
  const take = (): readonly KafkaRecord[] | undefined => {
    const records = list.take();
    for (const { partition: actual, offset } of records ?? []) {
      if (actual !== partition) throw new KafkaError('protocol', { detail: 'another partition' });
      if (offset <= previous) throw new KafkaError('protocol', { detail: 'offsets out of order' });
      previous = offset;
    }
    return records;
  };
  return { ...list, take };
}

function record(value: unknown): KafkaRecord {
  const timestamp = optionalField(value, 'timestamp', smallInteger);
  const timestampType = optionalField(value, 'timestampType', string);
  return {
    partition: field(value, 'partition', smallInteger),
    offset: field(value, 'offset', integer),
    ...(timestamp !== undefined && { timestamp }),
    ...(timestampType !== undefined && { timestampType }),
    key: optionalField(value, 'key', text) ?? null,
    value: optionalField(value, 'value', text) ?? null,
  };
}
