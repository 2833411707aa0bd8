import { KafkaError } from '../errors';
import { array, decodeJson, type Decoder, field, isArray } from '../json/decode';
import type { KafkaRecord, Offset } from '../kafka';
import { utf8Text } from '../text/utf8';

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

/** How a dialect writes records. */
export interface RecordForm {
  readonly record: Decoder<KafkaRecord>;
  /**
   * Returns the record of a response with only one, if it is so large that decoding it late is
   * worthwhile. Missing: records are never that large.
   */
  readonly large?: (response: Buffer, list: RecordList) => ResponseRecords | undefined;
}

/**
 * Returns the records of the response to a consume call: a bare array, or `{"records": [...]}`.
 * Throws a `KafkaError` of kind `protocol` for anything else, such as records of another partition.
 */
export function parseRecordList(
  response: Buffer,
  partition: number,
  { record, large }: RecordForm,
): ResponseRecords {
  const list = findRecords(response);
  const single = list?.count === 1 ? large?.(response, list) : undefined;
  if (single) return inOrder(single, partition);
  const last = list && decodePart(response, list.last, list.end, record);
  if (!list || last?.length !== 1) return inOrder(atOnce(decodeAll(response, record)), partition);
  const parts = new Parts(response, list, record);
  const { count } = list;
  return inOrder({ count, last: last[0]?.offset, take: () => parts.take() }, partition);
}

/** Wraps records that are already decoded. */
export function atOnce(records: readonly KafkaRecord[]): ResponseRecords {
  const left = [records];
  return { count: records.length, last: records.at(-1)?.offset, take: () => left.pop() };
}

/** Where the records are in a response. */
export interface RecordList {
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
    private readonly record: Decoder<KafkaRecord>,
  ) {
    this.#at = list.begin;
  }

  take(): readonly KafkaRecord[] | undefined {
    const { joint, end } = this.list;
    if (this.#at >= end) return undefined;
    const next = this.response.indexOf(joint, this.#at + PIECE_BYTES);
    const partEnd = next < 0 ? end : next + '}'.length;
    const records = decodePart(this.response, this.#at, partEnd, this.record);
    this.#at = records ? partEnd + ','.length : end;
    // Either the cut was in the wrong place, or the response is invalid. Decoding all of it then
    // throws an error that names the place.
    if (!records) return decodeAll(this.response, this.record).slice(this.#taken);
    this.#taken += records.length;
    return records;
  }
}

/**
 * Decodes the records between two places of a response. Returns `undefined` if there is anything
 * else.
 */
function decodePart(
  response: Buffer,
  from: number,
  to: number,
  record: Decoder<KafkaRecord>,
): readonly KafkaRecord[] | undefined {
  return decodeRecords(utf8Text(response.subarray(from, to)), record);
}

/** Decodes records with commas between them. Returns `undefined` if there is anything else. */
export function decodeRecords(
  json: string,
  record: Decoder<KafkaRecord>,
): readonly KafkaRecord[] | undefined {
  try {
    return decodeJson(`[${json}]`, (list) => array(list, record));
  } catch (error) {
    if (error instanceof KafkaError) return undefined;
    throw error;
  }
}

function decodeAll(response: Buffer, record: Decoder<KafkaRecord>): readonly KafkaRecord[] {
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
