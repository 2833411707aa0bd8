import { JsonScanner } from '../json/scanner';
import type { NewRecord, Payload } from '../kafka';
import { takeRecord } from './jsonRecord';
import type { TakeOptions } from './members';
import { located, orProblem, type PayloadProblem, ProblemAt } from './payloadProblem';

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
    if (records.length === 0) throw new ProblemAt({ kind: 'no-record' }, 0);
    return { records };
  });
}

/** Returns the record that one JSON object stands for, as in `many`, or the first problem. */
export function parseRecord(text: string, options: TakeOptions = {}): ParsedRecord {
  return orProblem(text, () => ({ record: wholeRecord(text, 0, options) }));
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
