import { memberNames, members, type MemberName } from './members';

/**
 * What a member of a JSON object means if the object is a record.
 *
 * - `rawKey`, `rawValue`: the key or value as it was read, beside what was decoded of it.
 * - `problem`: says in a document of ours why a key or value is shown undecoded.
 *
 * Only beside a partition and an offset, which exported messages have:
 *
 * - `exported-value`: the value under a name that is too common elsewhere.
 * - `incomplete`: says that the tool could not decode the key or value, or cut it off.
 */
export type MemberMeaning =
  | MemberName
  | 'topic'
  | 'timestampType'
  | 'encoding'
  | 'keyEncoding'
  | 'valueEncoding'
  | 'rawKey'
  | 'rawValue'
  | 'problem'
  | 'exported-value'
  | 'incomplete';

/**
 * Returns the meaning of a member by its name, or `undefined` for a name that is not known. Case,
 * `_`, `-` and blanks do not count.
 */
export function meaningOf(name: string): MemberMeaning | undefined {
  return meanings.get(name) ?? meanings.get(folded(name));
}

function folded(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}

/** The names as tools write them, which are found without folding them, and the folded ones. */
const meanings: ReadonlyMap<string, MemberMeaning> = new Map([
  ...memberNames.flatMap((name) => spelled(name, members[name].names)),
  ...spelled('topic', ['topic', 'topicName', 'kafkaTopic']),
  ...spelled('timestampType', ['timestampType', 'timestamp_type', 'tstype']),
  ...spelled('encoding', ['encoding']),
  ...spelled('keyEncoding', ['keyEncoding']),
  ...spelled('valueEncoding', ['valueEncoding', 'payloadEncoding']),
  ...spelled('rawKey', ['rawKey']),
  ...spelled('rawValue', ['rawValue']),
  ...spelled('problem', ['problem']),
  ...spelled('exported-value', ['message', 'content', 'body', 'data']),
  ...spelled('incomplete', ['error_code', 'truncated', 'exceptions', 'exceeded_fields']),
  ...spelled('incomplete', ['key_error', 'value_error', 'payload_error']),
  ...spelled('incomplete', ['key_decoding_error', 'value_decoding_error']),
]);

function spelled(
  meaning: MemberMeaning,
  names: readonly string[],
): (readonly [string, MemberMeaning])[] {
  return names.flatMap((name) => [name, folded(name)].map((text) => [text, meaning] as const));
}
