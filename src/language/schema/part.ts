import type { FormatDescription } from '../../core/message/decoders/decoder';
import type { SchemaErrorKind } from '../../core/schemaRegistry/lookup';
import type { Span, Text } from '../../kafkaFile/text';

/** The schema of the keys or values of a block. */
export interface SchemaQuery {
  readonly cluster: string;
  readonly topic: string | undefined;
  readonly part: 'key' | 'value';
  /** The format, if it is named; else the schema, whose type then is the format. */
  readonly named: { readonly format: string } | { readonly schema: string };
}

/** What can be written by a schema, or why it is not known. */
export type SchemaAnswer =
  | {
      readonly description: FormatDescription;
      /** The rule by which the subject changes, such as `BACKWARD`. */
      readonly compatibility?: string;
      readonly problem?: never;
    }
  | { readonly problem: SchemaErrorKind; readonly detail: string };

/** A key or value that has a schema, where that is named, and what is known of it. */
export interface SchemaPart {
  readonly part: 'key' | 'value';
  /** Where the schema is named, or else the format. */
  readonly at: Span;
  /** The schema as it is written; '' if the topic says which. */
  readonly name: string;
  readonly cluster: string;
  /** Missing: it is not known, or not yet. */
  readonly answer: SchemaAnswer | undefined;
  /** The JSON that has the schema. Missing: there is none, as in CONSUMER blocks. */
  readonly text: Text | undefined;
}
