import type { KafkaRecord, Payload } from '../../core/kafka';
import { headersJson } from '../../core/message/headers';
import { type MemberName, memberNames, members } from '../../core/message/members';
import { payloadText } from '../../core/message/parse';
import { isBinaryText } from '../../core/text/binary';

/**
 * How a field holds a payload that is not plain UTF-8 text. `base64`: the payload's bytes. `json`:
 * a JSON string, for a text with control characters or half a surrogate pair. `apostrophe`: the
 * text after an apostrophe. The column `encoding` says so, for example "key:base64 value:json".
 */
export const encodings = ['base64', 'json', 'apostrophe'] as const;
export type Encoding = (typeof encodings)[number];

/**
 * How CSV is written. `plain`: for programs. `excel`, `excelSemicolons`: such that Excel shows it
 * when the file is opened, with the delimiter that Excel expects in the person's country, and
 * never takes a key or value for a formula.
 */
export const csvStyles = ['plain', 'excel', 'excelSemicolons'] as const;
export type CsvStyle = (typeof csvStyles)[number];

/** Returns the members that have columns. Without `withHeaders` there is no column for headers. */
function columnsOf(withHeaders: boolean): readonly MemberName[] {
  return memberNames.filter((name) => withHeaders || members[name].written === 'always');
}

/** Returns the names in the header row of an export: each member of a message, and `encoding`. */
export function csvHeader(withHeaders: boolean): readonly string[] {
  return [...columnsOf(withHeaders), 'encoding'];
}

/** Returns the header row of a style, and what ends each row. */
export function csvFrame(
  withHeaders: boolean,
  style: CsvStyle,
): { readonly begin: string; readonly rowEnd: string } {
  const names = csvHeader(withHeaders).join(delimiterOf(style));
  // Without the mark, Excel does not take a file for UTF-8.
  return style === 'plain'
    ? { begin: `${names}\n`, rowEnd: '\n' }
    : { begin: `\ufeff${names}\r\n`, rowEnd: '\r\n' };
}

function delimiterOf(style: CsvStyle): string {
  return style === 'excelSemicolons' ? ';' : ',';
}

/**
 * Returns a function that makes the row of a record. Null becomes an empty field, an empty text
 * `""`. Headers are written as `headersJson` does.
 */
export function csvRowWriter(
  withHeaders: boolean,
  style: CsvStyle,
): (record: KafkaRecord, isoTime: string | undefined) => string {
  const columns = columnsOf(withHeaders);
  const delimiter = delimiterOf(style);
  const forExcel = style !== 'plain';
  const encode = forExcel ? (payload: Payload | null) => guardFormula(encoded(payload)) : encoded;
  const special = forExcel ? /[,;\r\n]|^\s|\s$/ : /[,\r\n]|^\s|\s$/;
  return ({ partition, offset, key, value, headers }, isoTime = '') => {
    const keyField = encode(key);
    const valueField = encode(value);
    const fields: Readonly<Record<MemberName, string>> = {
      partition: String(partition),
      offset: String(offset),
      timestamp: isoTime,
      key: quoted(keyField.text, special),
      headers: headers?.length ? quoted(headersJson(headers), special) : '',
      value: quoted(valueField.text, special),
    };
    let row = '';
    for (const name of columns) row += fields[name] + delimiter;
    if (keyField.encoding) row += `key:${keyField.encoding}`;
    if (keyField.encoding && valueField.encoding) row += ' ';
    return valueField.encoding ? `${row}value:${valueField.encoding}` : row;
  };
}

interface EncodedField {
  readonly text: string | null;
  readonly encoding?: Encoding;
}

function encoded(payload: Payload | null): EncodedField {
  if (payload === null) return { text: null };
  const text = payloadText(payload);
  if (text === undefined) {
    return { text: Buffer.from(payload).toString('base64'), encoding: 'base64' };
  }
  if (text.isWellFormed() && !isBinaryText(text)) return { text };
  return { text: JSON.stringify(text), encoding: 'json' };
}

/**
 * Texts that Excel and other spreadsheets take for a formula, with blanks before it or not, and in
 * the full-width forms too. A negative number is none.
 */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;
const NEGATIVE_NUMBER = /^-\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i;

/**
 * Puts an apostrophe before a text that a spreadsheet would take for a formula, as OWASP and
 * CWE-1236 advise. Base64 never has one, so its encoding stays.
 */
function guardFormula({ text, encoding }: EncodedField): EncodedField {
  if (text === null || !FORMULA.test(text) || NEGATIVE_NUMBER.test(text)) {
    return encoding ? { text, encoding } : { text };
  }
  return { text: `'${text}`, encoding: encoding ?? 'apostrophe' };
}

/** Returns the text of a field: in quotes if it has any, or something special. */
function quoted(text: string | null, special: RegExp): string {
  if (text === null) return '';
  if (text.includes('"')) return `"${text.replaceAll('"', '""')}"`;
  return text === '' || special.test(text) ? `"${text}"` : text;
}
