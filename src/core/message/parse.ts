import { isJson } from '../json/layout';
import { RawJson } from '../json/rawJson';
import { JsonScanner, JsonSyntaxError } from '../json/scanner';
import type { NewRecord, Payload } from '../kafka';
import { takeRecord } from './jsonRecord';
import type { TakeOptions } from './members';
import { located, orProblem, type PayloadProblem, ProblemAt } from './payloadProblem';
import { type RecordLikeness, recordLikeness } from './recordLikeness';

/** Records, or the first problem. */
export type ParsedPayload =
  | { readonly records: readonly NewRecord[]; readonly problem?: never }
  | { readonly records?: never; readonly problem: PayloadProblem };

/** A record, or the first problem. */
export type ParsedRecord =
  | { readonly record: NewRecord; readonly problem?: never }
  | { readonly record?: never; readonly problem: PayloadProblem };

/** The shape that a text seems to have. If it is records, `many` is their parsed form. */
export type PayloadGuess =
  | { readonly shape: 'one'; readonly many?: never }
  | { readonly shape: 'array' | 'lines'; readonly many: ParsedPayload };

const ARRAY_START = /^\s*\[/;
/** The body of a request or response of a REST proxy. */
const BODY_START = /^\s*\{\s*"records"\s*:\s*\[/;

/**
 * Returns the records that a text stands for, or the first problem. `one`: a single record whose
 * value is exactly the text. `many`: objects `{key?, headers?, value, partition?}` in a JSON array,
 * in the body of a REST proxy, or in a row, each beginning on a line of its own, as in JSON Lines.
 * Blank lines are ignored, and so are lines that begin with `%`, with which kcat says how far it
 * is. A string stands for its text; `null` for Kafka's null; `{"base64": "..."}` for those bytes;
 * any other key or value for its JSON text, exactly as it is written. For headers see
 * `headersOfJson`.
 *
 * Members may also have the names that other tools give them, see `meaningOf`, and a record that
 * has both a partition and an offset, as what a tool has read, may have any other member. What a
 * message cannot carry is left out, and `leftOut` is told. The `timestamp` is used only if
 * `timestamps` asks for it, because a message that is produced again is a new one.
 */
export function parsePayload(
  text: string,
  how: 'one' | 'many',
  options: TakeOptions = {},
): ParsedPayload {
  if (how === 'one') return { records: [{ value: text }] };
  return orProblem(text, () => {
    const records = located(0, () => {
      if (ARRAY_START.test(text)) return parseArray(text, options);
      return BODY_START.test(text) ? parseBody(text, options) : parseRow(text, options);
    });
    if (records.length === 0) throw new ProblemAt({ kind: 'no-record' }, 0);
    return { records };
  });
}

/** Returns the record that one JSON object stands for, as in `many`, or the first problem. */
export function parseRecord(text: string, options: TakeOptions = {}): ParsedRecord {
  return orProblem(text, () =>
    located(0, () => {
      const scanner = new JsonScanner(text);
      const record = takeRecord(scanner, options);
      scanner.expectEnd();
      return { record };
    }),
  );
}

/**
 * Guesses whether a text is meant as records. An array is if it is JSON and not empty, and the body
 * of a REST proxy if it holds records. A row of objects is if the first one has a `value`, or looks
 * like a record of another tool.
 */
export function guessPayload(text: string): PayloadGuess {
  if (ARRAY_START.test(text)) {
    const many = parsePayload(text, 'many');
    return many.records || isArrayDespite(many.problem, text)
      ? { shape: 'array', many }
      : { shape: 'one' };
  }
  if (BODY_START.test(text)) {
    const many = parsePayload(text, 'many');
    return many.records ? { shape: 'array', many } : { shape: 'one' };
  }
  const first = firstValue(text);
  const seemsRecord = hasValue(first) || isLikely(recordLikeness(first));
  return seemsRecord ? { shape: 'lines', many: parsePayload(text, 'many') } : { shape: 'one' };
}

/** Whether an array is valid JSON with at least one element, despite a problem with its records. */
function isArrayDespite({ kind }: PayloadProblem, text: string): boolean {
  return kind !== 'not-json' && kind !== 'no-record' && isJson(text);
}

/** Returns the first JSON value of a row, or an empty text if there is none. */
function firstValue(text: string): string {
  const scanner = new JsonScanner(text);
  try {
    skipBetween(scanner);
    const value = scanner.value();
    expectLineEnd(scanner);
    return value;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return '';
    throw error;
  }
}

function hasValue(json: string): boolean {
  return json.startsWith('{') && new RawJson(json).members?.has('value') === true;
}

function isLikely(likeness: RecordLikeness | undefined): boolean {
  return likeness === 'record' || likeness === 'exported';
}

function parseArray(text: string, options: TakeOptions): NewRecord[] {
  const scanner = new JsonScanner(text);
  const records: NewRecord[] = [];
  scanner.elements(() => records.push(takeRecord(scanner, options)));
  scanner.expectEnd();
  return records;
}

function parseBody(text: string, options: TakeOptions): NewRecord[] {
  const scanner = new JsonScanner(text);
  const records: NewRecord[] = [];
  scanner.members((member, nameAt) => {
    if (member !== 'records') throw new ProblemAt({ kind: 'member-unknown', member }, nameAt);
    scanner.elements(() => records.push(takeRecord(scanner, options)));
  });
  scanner.expectEnd();
  return records;
}

function parseRow(text: string, options: TakeOptions): NewRecord[] {
  const scanner = new JsonScanner(text);
  const records: NewRecord[] = [];
  skipBetween(scanner);
  while (scanner.at < text.length) {
    records.push(takeRecord(scanner, options));
    expectLineEnd(scanner);
    skipBetween(scanner);
  }
  return records;
}

/** Skips blanks, and lines in which kcat says how far it is. */
function skipBetween(scanner: JsonScanner): void {
  for (;;) {
    scanner.skipBlanks();
    const { text, at } = scanner;
    if (text[at] !== '%') return;
    const end = text.indexOf('\n', at);
    scanner.at = end < 0 ? text.length : end;
  }
}

/** Skips blanks, after which the line must end. */
function expectLineEnd(scanner: JsonScanner): void {
  const { text, at } = scanner;
  scanner.skipBlanks();
  if (scanner.at < text.length && !text.slice(at, scanner.at).includes('\n')) {
    throw new JsonSyntaxError(scanner.at);
  }
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
