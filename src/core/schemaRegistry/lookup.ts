import type { CallOptions } from '../kafka';
import { type Phrase, PhrasedError } from '../phrase';
import type { WholeSchema } from './schema';

/** Where a schema is. */
export type SchemaAddress =
  /** The number that a registry gave it. */
  | { readonly by: 'id'; readonly id: number }
  /** The GUID that newer registries give it, in lower case with hyphens. */
  | { readonly by: 'guid'; readonly guid: string }
  /** Missing version: the latest one. */
  | { readonly by: 'subject'; readonly subject: string; readonly version?: number }
  /** A file of the workspace, or an absolute path. */
  | { readonly by: 'file'; readonly file: string };

/** A schema that was found, and what is known of where. */
export interface FoundSchema {
  readonly schema: WholeSchema;
  /** Missing: it is not registered. */
  readonly id?: number;
  readonly subject?: string;
  readonly version?: number;
  readonly file?: string;
}

/** What a schema is wanted for. Among several subjects, the one that fits it is told. */
export interface SchemaUse {
  readonly topic: string | undefined;
  readonly part: 'key' | 'value';
}

/** Finds schemas. They are remembered, so that asking again costs little. */
export interface SchemaLookup {
  /**
   * Rejects with a `SchemaError`, or with the reason of the signal. A failure is remembered for a
   * few seconds only.
   */
  find(address: SchemaAddress, use: SchemaUse, options?: CallOptions): Promise<FoundSchema>;
}

export type SchemaErrorKind =
  /** The cluster names no schema registry. */
  | 'no-registry'
  /** The registry, or the folder, has no such schema. */
  | 'not-found'
  /** The registry does not respond, or refuses. `cause` is the `KafkaError`. */
  | 'unreachable'
  /** The text is not a schema, or one that is too large or refers to what is not there. */
  | 'invalid';

/** Why there is no schema. It names the schema. */
export class SchemaError extends PhrasedError {
  override readonly name = 'SchemaError';

  constructor(
    readonly kind: SchemaErrorKind,
    phrase: Phrase,
    options?: ErrorOptions,
  ) {
    super(phrase, options);
  }
}
