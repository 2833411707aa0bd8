import type { Json } from './json';

/** A parsed JSON path (RFC 9535). */
export interface Path {
  /** What the path begins with: `$` is the whole value, `@` the one that `[?...]` looks at. */
  readonly root: '$' | '@';
  readonly segments: readonly Segment[];
}

export interface Segment {
  /** Whether it also selects from everything below, as after `..`. */
  readonly descends: boolean;
  readonly selectors: readonly Selector[];
}

export type Selector =
  | { readonly kind: 'name'; readonly name: string }
  /** A negative one counts from the end. */
  | { readonly kind: 'index'; readonly index: number }
  | {
      readonly kind: 'slice';
      readonly start: number | undefined;
      readonly end: number | undefined;
      readonly step: number;
    }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'filter'; readonly test: Test };

/** What `[?...]` asks of a value. */
export type Test =
  | { readonly kind: 'and' | 'or'; readonly tests: readonly Test[] }
  | { readonly kind: 'not'; readonly test: Test }
  | { readonly kind: 'exists'; readonly path: Path }
  | {
      readonly kind: 'compare';
      readonly left: Operand;
      readonly operator: Operator;
      readonly right: Operand;
    }
  /** `match()` is about the whole text, `search()` about a part of it. */
  | { readonly kind: 'match' | 'search'; readonly text: Operand; readonly pattern: Operand };

export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** Something that has one value or none. */
export type Operand =
  | { readonly kind: 'literal'; readonly value: Json }
  /** The path is singular. */
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'length'; readonly of: Operand }
  | { readonly kind: 'count' | 'value'; readonly path: Path };

/** Returns whether a path selects at most one value. */
export function isSingular({ segments }: Path): boolean {
  return segments.every(
    ({ descends, selectors }) =>
      !descends &&
      selectors.length === 1 &&
      (selectors[0]?.kind === 'name' || selectors[0]?.kind === 'index'),
  );
}
