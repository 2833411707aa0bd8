import type { NewRecord, Payload } from '../../../core/kafka';
import type { Appended } from '../../backend';
import { elements, members } from '../../rawJson';
import { KarapaceError } from './responses';

export type Format = 'binary' | 'json';

/** A record, and whether its value is one of those that the proxy writes as an empty one. */
export interface GivenRecord {
  readonly record: NewRecord;
  readonly isFalsy: boolean;
}

/** Reads the records of a produce request. `partition` is that of the path. */
export function parseRecords(body: string, format: Format, partition?: number): GivenRecord[] {
  const records = elements(members(body)?.get('records') ?? '');
  if (!records || records.length === 0) throw invalid();
  return records.map((json) => {
    const given = Object.fromEntries(members(json) ?? invalidRecord());
    const { key, value, partition: place = 'null', ...others } = given;
    if (Object.keys(others).length > 0 || !/^(?:null|-?\d{1,10})$/.test(place)) throw invalid();
    const named = place === 'null' || Number(place) < 0 ? undefined : Number(place);
    const id = partition ?? named;
    const bytes = value === undefined ? '' : encoded(value, format);
    return {
      record: {
        key: key === undefined || key === 'null' ? null : encoded(key, format),
        value: bytes,
        ...(id !== undefined && { partition: id }),
      },
      isFalsy: bytes.length === 0,
    };
  });
}

/** Values that Python takes for false; the proxy writes nothing for them. */
const FALSY: readonly string[] = ['null', '0', 'false', '""', '[]', '{}'];

function encoded(json: string, format: Format): Payload {
  if (FALSY.includes(json)) return '';
  if (format === 'json') return written(json);
  const text: unknown = JSON.parse(json);
  // As Python does it: characters that are not Base64 are left out, and the padding must be right.
  const kept = typeof text === 'string' ? text.replace(/[^A-Za-z0-9+/=]/g, '') : 'x';
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(kept) && kept.length % 4 === 0) {
    return Buffer.from(kept, 'base64');
  }
  throw new KarapaceError(400, 400, `data=${json}  is not a base64 string.`);
}

/** Returns JSON as Python writes it, which leaves out zeros at the ends of fractions. */
function written(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"|(?<!\d)\d{1,30}\.\d{1,30}(?!\d|e)/gi, (token) => {
    if (token.startsWith('"')) return token;
    const number = Number(token);
    return Number.isInteger(number) ? `${number}.0` : String(number);
  });
}

function invalid(): KarapaceError {
  return new KarapaceError(422, 422, 'Invalid request format');
}

function invalidRecord(): never {
  throw invalid();
}

/** Returns the JSON of the result of a record. */
export function resultJson({ isFalsy }: GivenRecord, result: Appended | undefined): string {
  if (!result || 'failure' in result) {
    const error = 'This request is for a topic or partition that does not exist on this broker.';
    return JSON.stringify({
      error:
        result && result.failure.kind !== 'UNKNOWN_TOPIC_OR_PARTITION'
          ? result.failure.message
          : error,
      error_code: 2,
    });
  }
  if (isFalsy) return '{"offset":-1,"partition":0}';
  return `{"offset":${result.offset.toString()},"partition":${result.partition}}`;
}
