import { meaningOf as meaningOfMember } from '../../../core/message/memberMeaning';
import { isMemberName, type MemberName } from '../../../core/message/members';

/** What the name of a column says about it. */
type Meaning =
  | MemberName
  /** It tells how keys or values are encoded. */
  | 'encoding'
  /** It tells something about the message that is not sent. */
  | 'fact';

/** Names that columns have besides those of members in JSON, in the form of `plainName`. */
const MORE_NAMES: ReadonlyMap<string, Meaning> = new Map([
  ['partitionnumber', 'partition'],
  ['timestamputc', 'timestamp'],
  ['header', 'headers'],
  ['message', 'value'],
  ['body', 'value'],
  ...facts('size', 'leaderepoch', 'istransactional', 'confluentindex', 'compression'),
  ...['key', 'value', 'headers'].flatMap((part) =>
    facts(
      ...['size', 'serde', 'format', 'type', 'schema', 'schemaid', 'deserializer'].map(
        (fact) => part + fact,
      ),
    ),
  ),
]);

function facts(...names: readonly string[]): (readonly [string, Meaning])[] {
  return names.map((name) => [name, 'fact']);
}

/** Words before a name that do not change what it means, as in `recordKey` or `Kafka Offset`. */
const PREFIX = /^(?:(?:kafka|record|message|msg)(?=.))+/;
/** Words after a name that do not change what it means, as in `value_json` or `keyAsString`. */
const SUFFIX = /(?<=.)(?:as)?(?:json|string|str|text|utf8)$/;

/** Returns what the name of a column says about it; `undefined` if that has to do with no message. */
export function meaningOf(name: string): Meaning | undefined {
  const plain = plainName(name);
  const bare = plain.replace(PREFIX, '');
  for (const each of [plain, bare, plain.replace(SUFFIX, ''), bare.replace(SUFFIX, '')]) {
    const meaning = MORE_NAMES.get(each) ?? meaningAsMember(each);
    if (meaning) return meaning;
  }
  return undefined;
}

/**
 * Returns a name in lower case and without what tools write differently: blanks, `_`, `-`, `.`, and
 * a remark in brackets at its end.
 */
function plainName(name: string): string {
  const [bare = ''] = name.split(/[([{]/, 1);
  return bare.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

function meaningAsMember(plain: string): Meaning | undefined {
  const meaning = meaningOfMember(plain);
  if (meaning === undefined || isMemberName(meaning)) return meaning;
  if (meaning === 'topic' || meaning === 'timestampType') return 'fact';
  return /encoding$/i.test(meaning) ? 'encoding' : undefined;
}

/** The columns of a table by what their names say. Columns are counted from 0. */
export interface NamedColumns {
  /** The first column of each member except for the value. */
  readonly members: Readonly<Partial<Record<Exclude<MemberName, 'value'>, number>>>;
  /** The columns that may be the value. */
  readonly values: readonly number[];
  /** The columns with names that have to do with no message. */
  readonly others: readonly number[];
  /**
   * Whether a name shows that the table is about messages. A timestamp does not, because many
   * tables have one, nor does a value, because measurements do.
   */
  readonly aboutMessages: boolean;
  /** Whether keys or values may be in an encoding such as Base64. */
  readonly isEncoded: boolean;
}

/** Sorts the columns of a table by what their names say. */
export function namedColumns(header: readonly string[]): NamedColumns {
  const pair = pairOf(header);
  const meanings = header.map((name, index) => {
    if (index === pair?.key) return 'key';
    return index === pair?.value ? 'value' : meaningOf(name);
  });
  const all = (wanted: Meaning | undefined): readonly number[] =>
    [...meanings.keys()].filter((index) => meanings[index] === wanted);
  const at = (name: Exclude<MemberName, 'value'>) => {
    const index = meanings.indexOf(name);
    return index >= 0 && { [name]: index };
  };
  const values = all('value');
  // Beside a key, a column that is called value is the value, and a message is a remark.
  const exact = values.filter((index) => plainName(header[index] ?? '').endsWith('value'));
  return {
    members: {
      ...at('partition'),
      ...at('offset'),
      ...at('timestamp'),
      ...at('key'),
      ...at('headers'),
    },
    values: meanings.includes('key') && exact.length === 1 ? exact : values,
    others: all(undefined),
    aboutMessages: meanings.some(
      (meaning) => meaning !== undefined && !['timestamp', 'value', 'encoding'].includes(meaning),
    ),
    isEncoded: meanings.includes('encoding') || header.some(isEncoded),
  };
}

const PAIRS = [
  ['key', 'value'],
  ['key', 'payload'],
  ['key', 'message'],
  ['key', 'body'],
  ['k', 'v'],
] as const;

/**
 * Returns two columns such as `orderKey` and `orderValue`, which have the same beginning. One alone
 * means nothing: `primary_key` is no key of a message.
 */
function pairOf(
  header: readonly string[],
): { readonly key: number; readonly value: number } | undefined {
  const columns = new Map(header.map((name, index) => [plainName(name), index]));
  for (const [keyEnd, valueEnd] of PAIRS) {
    for (const [name, key] of columns) {
      if (!name.endsWith(keyEnd)) continue;
      const value = columns.get(name.slice(0, -keyEnd.length) + valueEnd);
      if (value !== undefined) return { key, value };
    }
  }
  return undefined;
}

/** Whether a name says that a column holds a key or value in an encoding such as Base64. */
function isEncoded(name: string): boolean {
  return /(?:key|value|payload|message|body)(?:in|as)?(?:base64|b64|hex|bytes|binary)$/.test(
    plainName(name),
  );
}
