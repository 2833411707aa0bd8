import type { Operator } from './path/path';

/** A parsed filter, as data that can be posted to a worker. */
export type FilterNode =
  | { readonly kind: 'and' | 'or'; readonly nodes: readonly FilterNode[] }
  | { readonly kind: 'not'; readonly node: FilterNode }
  /** The text occurs, in any case. */
  | { readonly kind: 'text'; readonly where: Where; readonly text: string }
  | { readonly kind: 'regex'; readonly where: Where; readonly pattern: Pattern }
  /** Kafka's null. */
  | { readonly kind: 'null'; readonly where: 'key' | 'value' }
  /** The number lies in one of the ranges. */
  | {
      readonly kind: 'number';
      readonly field: NumberField;
      readonly ranges: readonly NumberRange[];
    }
  /**
   * Epoch milliseconds, `from` inclusive, `to` exclusive; messages without a timestamp never match.
   */
  | { readonly kind: 'time'; readonly from: number; readonly to: number }
  /** The whole key or value passes `test`; null never does. */
  | { readonly kind: 'whole'; readonly where: 'key' | 'value'; readonly test: LiteralTest }
  /** A header has this name, and its value passes `test`, if there is one. */
  | { readonly kind: 'header'; readonly name: string; readonly test: Test | null }
  /** The path selects something in the key or the value that passes `test`, if there is one. */
  | {
      readonly kind: 'path';
      readonly where: 'key' | 'value';
      readonly path: string;
      readonly test: Test | null;
      /** The index of the path in the text of the filter, for mistakes that the worker finds. */
      readonly at: number;
    };

/** `any`: the key or the value. */
export type Where = 'key' | 'value' | 'any';

export type NumberField = 'partition' | 'offset' | 'size';

/** A regular expression of JavaScript. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
}

/** Both ends inclusive; `null` is open. */
export interface NumberRange {
  readonly from: bigint | null;
  readonly to: bigint | null;
}

export type Test =
  | LiteralTest
  /** For texts only. */
  | { readonly operator: '=~'; readonly pattern: Pattern };

export type LiteralTest =
  | { readonly operator: Operator; readonly literal: Literal }
  /** Equal to one of them. */
  | { readonly operator: 'in'; readonly literals: readonly Literal[] }
  /** Equal to none of them. */
  | { readonly operator: 'not in'; readonly literals: readonly Literal[] };

export type Literal =
  | { readonly kind: 'text'; readonly text: string }
  /** The number as it is written, with all of its digits. */
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'constant'; readonly value: true | false | null };
