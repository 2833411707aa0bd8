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

/** The records of an answer to consume, in offset order. */
export interface ResponseRecords {
  readonly count: number;
  /** The offset of the last one. */
  readonly last: Offset | undefined;
  /**
   * Some more of them, which are decoded now: as bytes they take far less memory. Nothing once there are
   * no more. Throws as `parseRecords` does.
   */
  readonly take: () => readonly KafkaRecord[] | undefined;
  /** Makes the records that were taken independent of the answer. */
  readonly finish?: () => void;
}

/**
 * The records of an answer to consume: a bare array, as the reference has it, or
 * `{"records": [...]}`, as the sample program reads it. A key or value that is no string comes as its
 * JSON text. Throws `KafkaError` of kind `protocol` for anything else, such as the records of another
 * partition.
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

/** Records that are decoded already. */
export function atOnce(records: readonly KafkaRecord[]): ResponseRecords {
  const left = [records];
  return { count: records.length, last: records.at(-1)?.offset, take: () => left.pop() };
}

/** Where the records of an answer stand in it. */
interface RecordList {
  /** What stands between two records, their brackets included. */
  readonly joint: Buffer;
  readonly count: number;
  readonly begin: number;
  /** Where the last record begins. */
  readonly last: number;
  readonly end: number;
}

/** About so much of an answer is decoded at once, in bytes. */
const PIECE_BYTES = 64 * 1024;
/** What comes before the records, and the beginning of the first one up to the name of a member. */
const BEGIN = /^(\s*(?:\{\s*"records"\s*:\s*)?\[\s*)(\{"\w+":)/;

/**
 * Finds the records where they look alike and are so many that it is worthwhile. What lies within a
 * value may look like a joint too; then what is between two joints is no JSON.
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

/** Takes an answer apart. A class and no generator: that would hold what it has given. */
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
    // Cut in the wrong place, or not right at all, which is then told with its place in the answer.
    if (!records) return decodeAll(this.response).slice(this.#taken);
    this.#taken += records.length;
    return records;
  }
}

/** From here on a record is decoded in two steps, in bytes. */
const LARGE = 1024 * 1024;
const VALUE = Buffer.from('"value":"');
/** Stands for the value; what is really a value is found where this is. */
const PLACEHOLDER = '\0value\0';

/**
 * A record whose value is decoded when it is asked for: with several partitions, a record of each is
 * at hand, and is known by its timestamp alone until its turn comes. Nothing where it looks otherwise.
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
    // The record may outlive the answer.
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

/** Whether a JSON string, quotes included, is what lies between two places. */
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

/** The records between two places of an answer; nothing if that is not what is there. */
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

/** The same records, once each turns out to be of the partition and to come after the one before. */
function inOrder(answered: ResponseRecords, partition: number): ResponseRecords {
  let previous = -1n;
  const take = (): readonly KafkaRecord[] | undefined => {
    const records = answered.take();
    for (const { partition: actual, offset } of records ?? []) {
      if (actual !== partition) throw new KafkaError('protocol', { detail: 'another partition' });
      if (offset <= previous) throw new KafkaError('protocol', { detail: 'offsets out of order' });
      previous = offset;
    }
    return records;
  };
  return { ...answered, take };
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
