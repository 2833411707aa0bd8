/** Why a text is not a JSON path. The user interface alone turns it into prose. */
export type PathProblem =
  /** After a dot: a name, `*` or, after two dots, a bracket. */
  | 'name'
  /** Within brackets: a name in quotes, an index, a slice, `*` or a filter. */
  | 'selector'
  /** A bracket or a parenthesis is not closed here. */
  | 'unclosed'
  /** An index or a part of a slice that is no whole number within ±(2^53-1). */
  | 'index'
  /** A text in quotes that does not end, or has an invalid escape or character. */
  | 'string'
  /** Within a filter: a path, a literal or a function. */
  | 'operand'
  /** A literal alone, or the length, count or value of something: they must be compared. */
  | 'compare'
  /** Something that cannot be compared: a path that may select several values, or a test. */
  | 'incomparable'
  /** A function that does not exist. */
  | 'function'
  /** A function with other arguments than it takes. */
  | 'arguments'
  /** Too many brackets or parentheses within each other. */
  | 'deep'
  /** The path should end here. */
  | 'end';

/** A text that is not a JSON path: the problem, and its index. */
export class PathError extends Error {
  constructor(
    readonly problem: PathProblem,
    readonly at: number,
  ) {
    super(`${problem} at ${at}`);
    this.name = 'PathError';
  }
}
