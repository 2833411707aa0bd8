import type { NewRecord } from '../../core/kafka';
import type { TakeOptions } from '../../core/message/members';
import type { PayloadProblem } from '../../core/message/payloadProblem';
import type { PartMisfit } from '../../core/produce/encodeRecords';
import type { TextEncoding } from './textEncoding';

/**
 * `jsonl`: a JSON value a line. `json`: JSON values in a container. `csv`: rows. `lines`: a message
 * a line. `whole`: the file is the value of one message.
 */
export const importFormats = ['jsonl', 'json', 'csv', 'lines', 'whole'] as const;
export type ImportFormat = (typeof importFormats)[number];

/**
 * Where the JSON values of a file stand: in an array, one after another with or without line
 * breaks in them, or in the array of a member of an object, as in `{"records": [...]}`.
 */
export type JsonContainer = 'array' | 'sequence' | { readonly member: string };

/** Whether a JSON value is a record `{key?, headers?, value, partition?}`, or itself a value. */
export type JsonItems = 'records' | 'values';

/** How a line holds a key and a value. */
export interface KeyedLines {
  /** The text after the key. The first one in a line counts. */
  readonly separator: string;
  /** Whether a key or value `null` is Kafka's null, as console consumers write it. */
  readonly nulls: boolean;
}

/**
 * The columns of a CSV file that hold the members of messages, counted from 0. If a column is
 * missing, no record has that member.
 */
export interface CsvColumns {
  readonly key?: number;
  /** Missing where the value is made of the whole row, see `RowObjects`. */
  readonly value?: number;
  readonly partition?: number;
  /** Headers as `headersOfJson` or `headersOfText` reads them. */
  readonly headers?: number;
  /** Used only if timestamps are asked for. */
  readonly timestamp?: number;
  /** Says how a key or value that is not plain text is written, see `Encoding`. */
  readonly encoding?: number;
}

/** The delimiters that a guess tries. */
export const delimiters = [',', ';', '\t', '|'] as const;

/** How each row of a CSV file is made a JSON object, which is the value of its message. */
export interface RowObjects {
  /** The columns, counted from 0, whose fields are JSON numbers. All others hold texts. */
  readonly numbers: readonly number[];
  /** What becomes of a field that is empty and not in quotes: null, no member, or an empty text. */
  readonly empty: 'null' | 'omit' | 'text';
}

export interface CsvLayout {
  /** One or more characters: one of `delimiters`, or what the file itself names. */
  readonly delimiter: string;
  /** Whether the first row holds the names of the columns, and no message. */
  readonly hasHeader: boolean;
  /** The names of the columns, in order. Without a header row, an empty name for each column. */
  readonly header: readonly string[];
  readonly columns: CsvColumns;
  /** If given, the value is the row as an object, and not a column. */
  readonly row?: RowObjects;
  /**
   * The columns with the sizes of key and value in bytes. Given for a tool that replaces commas and
   * uses no quotes: rows that it has changed are bad.
   */
  readonly sizes?: { readonly key: number; readonly value: number };
}

/** How JSON values are to be read. */
export interface JsonOptions {
  /** Default: records. */
  readonly items?: JsonItems;
}

/** How a file is to be read. The container of JSON is an array unless another one is given. */
export type ImportOptions = TakeOptions & {
  /** The encoding of the file. Default: UTF-8. */
  readonly encoding?: TextEncoding;
} & (
    | ({ readonly format: 'jsonl' } & JsonOptions)
    | ({ readonly format: 'json'; readonly container?: JsonContainer } & JsonOptions)
    | { readonly format: 'csv'; readonly csv: CsvLayout }
    | { readonly format: 'lines'; readonly keyed?: KeyedLines }
    | { readonly format: 'whole' }
  );

/** Why a line, or an element of an array, is not a record. */
export type ImportProblem =
  /** Not JSON, or JSON that is not a record. Line and column are those of the file. */
  | PayloadProblem
  /** A key or value that does not fit the format in which it is to be encoded. */
  | ({ readonly kind: 'misfit'; readonly format: string } & PartMisfit)
  /** Bytes that are not UTF-8. */
  | { readonly kind: 'not-utf8' }
  /** Longer than `limit`, in bytes. */
  | { readonly kind: 'too-long'; readonly limit: number }
  /** CSV: a quote opens a field that is not closed before the end of the file. */
  | { readonly kind: 'quote-open' }
  /** CSV: text between the quote that closes a field and the delimiter. */
  | { readonly kind: 'text-after-quote' }
  /** CSV: more or fewer fields than the header row. */
  | { readonly kind: 'field-count'; readonly expected: number; readonly actual: number }
  /** CSV: the names of the columns once more, as in files that were put together. */
  | { readonly kind: 'header-again' }
  /** CSV: a field of a column of numbers, see `RowObjects`, is no number. */
  | { readonly kind: 'not-a-number'; readonly name: string }
  /** CSV: U+FFFD, which most tools write in place of bytes that are not UTF-8. */
  | { readonly kind: 'lossy' }
  /** CSV: the tool that wrote the file has changed the key or value. */
  | { readonly kind: 'damaged' }
  /** CSV: the field does not hold what its column must. */
  | { readonly kind: 'field-wrong'; readonly field: keyof CsvColumns }
  /** Control characters, which no text has. */
  | { readonly kind: 'binary' }
  /** Lines with keys: the separator is missing. */
  | { readonly kind: 'separator-missing'; readonly separator: string }
  /** JSON: the array does not begin here, or the file goes on after it. Reading ends here. */
  | { readonly kind: 'not-an-array' }
  /**
   * JSON: brackets do not match, so nobody knows where the next element begins. Reading ends here.
   */
  | { readonly kind: 'brackets' }
  /** JSON: the file ends before the array does. Reading ends here. */
  | { readonly kind: 'unfinished' };

/** A record of a file, or a part of it that is not a record. */
export type Imported =
  | {
      readonly kind: 'record';
      /** The line on which the record begins, counted from 1. */
      readonly line: number;
      readonly record: NewRecord;
      /** Its text in the file, without the line end or the separator after it. */
      readonly source: string;
    }
  | {
      readonly kind: 'bad';
      readonly line: number;
      /** As above, but bytes if they are not UTF-8, and only the beginning if it is `too-long`. */
      readonly source: string | Uint8Array;
      readonly problem: ImportProblem;
    };
