import type { CsvReasons } from './guessCsv';
import type { ImportOptions } from '../imported';
import type { BinaryKind, Contents } from './contents';

/** Why a file is taken for a format. */
export type FormatReason =
  /** The ending of its name alone. */
  | { readonly kind: 'ending' }
  /** So many of its first lines are JSON values. */
  | { readonly kind: 'json-lines'; readonly matching: number; readonly of: number }
  /** It begins with an array. */
  | { readonly kind: 'array' }
  /** It is an object with an array of messages. */
  | { readonly kind: 'member'; readonly member: string }
  /** JSON values follow one another. */
  | { readonly kind: 'sequence' }
  /** Its first row names columns that messages have. */
  | { readonly kind: 'columns' }
  /** Each of its first lines has a separator. */
  | { readonly kind: 'separator' }
  /** It begins as markup does, or as other files that are read as a whole. */
  | { readonly kind: 'document' }
  /** It is nothing of that kind. */
  | { readonly kind: 'nothing-else' }
  /** The person chose it. */
  | { readonly kind: 'chosen' };

/** How many of the first JSON values are records. */
export interface ItemsReason {
  readonly records: number;
  readonly of: number;
}

/** What a guess leaves to the person, because a wrong one would send wrong messages. */
export type Doubt = 'encoding' | 'format' | 'items' | 'keyed' | 'header' | 'value';

/** How a file is probably to be read, and why. */
export interface ImportGuess {
  readonly kind: 'guess';
  readonly options: ImportOptions;
  readonly because: {
    readonly encoding: Extract<Contents, { kind: 'text' }>['because'] | 'chosen';
    readonly format: FormatReason;
    /** Missing if the person chose. */
    readonly items?: ItemsReason;
    readonly csv?: CsvReasons;
  };
  readonly doubts: readonly Doubt[];
  /** The columns of a table that hold numbers only. */
  readonly numbers?: readonly number[];
}

/** Why a file is not produced at all. */
export type ImportRefusal =
  | { readonly kind: 'binary'; readonly what: BinaryKind }
  | { readonly kind: 'kafka-file' }
  /** The header of an HTTP response stands before the body. */
  | { readonly kind: 'http-response' }
  /** Its lines end with carriage returns alone, as in files of early Macs. */
  | { readonly kind: 'carriage-returns' };
