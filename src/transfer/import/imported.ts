import type { NewRecord } from '../../core/kafka';
import type { TakeOptions } from '../../core/message/members';
import type { PayloadProblem } from '../../core/message/parse';

/**
 * `jsonl`: an object `{key?, headers?, value, partition?}` a line. `json`: an array of such
 * objects. `csv`: with a header row. `lines`: one message a line.
 */
export type ImportFormat = 'jsonl' | 'json' | 'csv' | 'lines';

/** Which columns of a CSV file hold what, counted from 0. What is missing, no record has. */
export interface CsvColumns {
  readonly key?: number;
  readonly value: number;
  readonly partition?: number;
  /** Headers as `headersOfJson` reads them. */
  readonly headers?: number;
  /** Counts only where timestamps are asked for. */
  readonly timestamp?: number;
  /** How key and value are written where they are no plain text, see `csvRowWriter`. */
  readonly encoding?: number;
}

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

export interface CsvLayout {
  readonly delimiter: Delimiter;
  /** The names in the header row, in order. */
  readonly header: readonly string[];
  readonly columns: CsvColumns;
}

/** How a file is to be read. */
export type ImportOptions = TakeOptions &
  (
    | { readonly format: Exclude<ImportFormat, 'csv'> }
    | { readonly format: 'csv'; readonly csv: CsvLayout }
  );

/** Why a line, or an element of an array, is no record. */
export type ImportProblem =
  /** Not JSON, or JSON that is no record. Line and column are those of the file. */
  | PayloadProblem
  /** Bytes that are not UTF-8. */
  | { readonly kind: 'not-utf8' }
  /** Longer than `limit`, in bytes. */
  | { readonly kind: 'too-long'; readonly limit: number }
  /** CSV: a quote opens a field, and nothing closes it up to the end of the file. */
  | { readonly kind: 'quote-open' }
  /** CSV: text between the quote that closes a field and the delimiter. */
  | { readonly kind: 'text-after-quote' }
  /** CSV: more or fewer fields than the header row. */
  | { readonly kind: 'field-count'; readonly expected: number; readonly actual: number }
  /** CSV: the field does not hold what its column must. */
  | { readonly kind: 'field-wrong'; readonly field: keyof CsvColumns }
  /** JSON: the file does not begin with `[`, or goes on after `]`. The file cannot be read on. */
  | { readonly kind: 'not-an-array' }
  /**
   * JSON: brackets do not match, so that nobody knows where the next element begins. The last one.
   */
  | { readonly kind: 'brackets' }
  /** JSON: the file ends before the array does. */
  | { readonly kind: 'unfinished' };

/** What a file gives, in its order. */
export type Imported =
  | {
      readonly kind: 'record';
      /** Where it begins, from 1 on. */
      readonly line: number;
      readonly record: NewRecord;
      /** Its text in the file, without what ends the line or parts it from the next one. */
      readonly source: string;
    }
  | {
      readonly kind: 'bad';
      readonly line: number;
      /** As above; bytes where they are not UTF-8; only the beginning of what is `too-long`. */
      readonly source: string | Uint8Array;
      readonly problem: ImportProblem;
    };
