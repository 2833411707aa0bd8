import { JsonSyntaxError } from '../json/scanner';

export type PayloadProblemKind =
  /** The text is not JSON from here on. */
  | 'not-json'
  /** Not an object with `value` and, optionally, `key`, `headers` and `partition`. */
  | 'not-a-record'
  | 'value-missing'
  /** The partition is not a whole number of 0 or more. */
  | 'partition-not-a-number'
  /** The headers are neither a list of names and values nor an object. */
  | 'headers-wrong'
  /** The timestamp is neither ISO 8601 nor epoch milliseconds. Checked only if it is asked for. */
  | 'timestamp-wrong'
  /** A member says that the tool cut off the key or value, or could not read all of it. */
  | 'incomplete'
  /** A key or value is not what a member beside it, or within it, says of its encoding. */
  | 'encoding-wrong'
  /** A key or value is to be encoded with a schema. */
  | 'schema-needed'
  /** The record has a member that is not known. */
  | 'member-unknown'
  /** The record has two members of the same meaning. */
  | 'member-twice'
  /** The text contains no record. */
  | 'no-record';

/** Why a text cannot be read as records, and where. Line and column count from 1. */
export interface PayloadProblem {
  readonly kind: PayloadProblemKind;
  readonly line: number;
  readonly column: number;
  /** The name of the member, as it is written, in all problems that are about just one. */
  readonly member?: string;
}

/** A problem at an index of the text. */
export class ProblemAt extends Error {
  constructor(
    readonly facts: Omit<PayloadProblem, 'line' | 'column'>,
    readonly at: number,
  ) {
    super(facts.kind);
  }
}

/** Returns the result of `parse`, or the `ProblemAt` that it threw, with its place in the text. */
export function orProblem<T>(
  text: string,
  parse: () => T,
): T | { readonly problem: PayloadProblem } {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ProblemAt)) throw error;
    return { problem: { ...place(text, error.at), ...error.facts } };
  }
}

/** Adds `base` to the place of any problem. */
export function located<T>(base: number, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ProblemAt) throw new ProblemAt(error.facts, base + error.at);
    if (error instanceof JsonSyntaxError) {
      throw new ProblemAt({ kind: 'not-json' }, base + error.at);
    }
    throw error;
  }
}

function place(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}
