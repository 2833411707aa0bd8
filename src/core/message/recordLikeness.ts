import { JsonScanner, JsonSyntaxError } from '../json/scanner';
import { isWholeNumber } from './jsonMembers';
import { meaningOf, type MemberMeaning } from './memberMeaning';

/**
 * How much a JSON value looks like a record.
 *
 * - `exported`: a message that a tool has read, as it has a partition, an offset and a value.
 * - `record`: has a value, and beside it a key, headers or a partition, and nothing that is unknown.
 * - `doubtful`: has nothing that is unknown, but too little to tell it from a reading of a sensor; or
 *   has key and value, but something unknown too.
 * - `value`: anything else, so that the whole is the value of a message.
 */
export type RecordLikeness = 'exported' | 'record' | 'doubtful' | 'value';

/** Returns how much a JSON text looks like a record, or `undefined` for a text that is not JSON. */
export function recordLikeness(json: string): RecordLikeness | undefined {
  try {
    const scanner = new JsonScanner(json);
    const found = scanner.peek() === '{' ? takeMeanings(scanner) : undefined;
    if (!found) scanner.value();
    scanner.expectEnd();
    return found ? likenessOf(found) : 'value';
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

type Meanings = ReadonlyMap<MemberMeaning | 'unknown', string>;

function takeMeanings(scanner: JsonScanner): Meanings {
  const found = new Map<MemberMeaning | 'unknown', string>();
  scanner.members((name) => found.set(meaningOf(name) ?? 'unknown', scanner.value()));
  return found;
}

function likenessOf(found: Meanings): RecordLikeness {
  const isExported = isWholeNumber(found.get('partition')) && isWholeNumber(found.get('offset'));
  if (isExported && (found.has('value') || found.has('exported-value'))) return 'exported';
  if (found.has('unknown') || found.has('exported-value') || found.has('incomplete')) {
    return found.has('key') && found.has('value') ? 'doubtful' : 'value';
  }
  if (isExported && found.has('key')) return 'exported';
  if (!found.has('value')) return 'value';
  return evidence.some((meaning) => found.has(meaning)) ? 'record' : 'doubtful';
}

/** What hardly anything but a message has beside a value. */
const evidence = ['key', 'headers', 'partition', 'timestampType'] as const;
