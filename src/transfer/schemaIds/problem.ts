import type { Phrase } from '../../core/phrase';

/** Why the id of a message is not exchanged, so that the message cannot be copied. */
export type IdProblem =
  /** The registry of the source does not know what the message names, in English: `id 7`. */
  | { readonly kind: 'unknown'; readonly names: string }
  /** Only a registry of another kind knows what the message names. */
  | { readonly kind: 'foreign'; readonly names: string }
  /** The schema, or one that it refers to, cannot be read. */
  | { readonly kind: 'unusable'; readonly detail: Phrase }
  /** The target does not have the schema, and the person did not agree to register it. */
  | { readonly kind: 'not-registered'; readonly subject: string }
  /** The target does not take the schema; `detail` is in its words, and may be empty. */
  | { readonly kind: 'refused'; readonly subject: string; readonly detail: string }
  /** The target has the schema, and no name for it of the kind that the message has. */
  | { readonly kind: 'no-id'; readonly subject: string };

/** Says that a schema has no id in the target. */
export class IdProblemError extends Error {
  override readonly name = 'IdProblemError';

  constructor(readonly problem: IdProblem) {
    super(problem.kind);
  }
}
