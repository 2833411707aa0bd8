import type { NumberField } from './filterNode';
import type { FilterText } from './filterText';

/** What a comparison is about. */
export type Subject =
  /** What a path selects; `at` is the index of the path in the filter. */
  | {
      readonly kind: 'path';
      readonly where: 'key' | 'value';
      readonly path: string;
      readonly at: number;
    }
  /** The whole key or value. */
  | { readonly kind: 'whole'; readonly where: 'key' | 'value' }
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'number'; readonly field: NumberField }
  | { readonly kind: 'time' };

/** The name of a member without quotes. */
const NAME = /[\p{L}_][\p{L}\p{N}_-]*/uy;
/** Steps that follow it: `.name`, `[0]`, `["name"]`, `.*`, `[*]`. */
const STEPS =
  /(?:\.(?:[\p{L}_][\p{L}\p{N}_-]*|\*)|\[(?:-?\d+|\*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\])*/uy;
const HEADER = /headers?\.([^\s()=!<>"]+)/iy;
const QUOTED_HEADER = /headers?\[(?=["'])/iy;

/**
 * Takes what stands on the left of a comparison without a colon or a dollar: a field such as
 * `partition`, `header.trace` or `key`, or names such as `user.id`, `value.user.id` or `.user.id`,
 * which lead to something in the value. Returns `undefined`, and takes nothing, if it is none.
 *
 * @param where what names lead into, unless they begin with `key.` or `value.`
 */
export function takeSubject(input: FilterText, where: 'key' | 'value'): Subject | undefined {
  return takeHeader(input) ?? takeField(input) ?? takeNames(input, where);
}

function takeHeader(input: FilterText): Subject | undefined {
  const from = input.at;
  const plain = input.take(HEADER);
  if (plain !== undefined) return { kind: 'header', name: plain.slice(plain.indexOf('.') + 1) };
  if (input.take(QUOTED_HEADER) !== undefined) {
    const name = input.json();
    if (name !== undefined && input.take(/\]/y) !== undefined) return { kind: 'header', name };
  }
  input.at = from;
  return undefined;
}

function takeField(input: FilterText): Subject | undefined {
  const from = input.at;
  const name = input.take(NAME)?.toLowerCase();
  const end = input.at;
  const steps = input.take(STEPS) ?? '';
  if (name === 'key' || name === 'value') {
    if (steps === '') return { kind: 'whole', where: name };
    return { kind: 'path', where: name, path: `$${steps}`, at: end - 1 };
  }
  if (steps === '') {
    if (name === 'partition' || name === 'offset' || name === 'size') {
      return { kind: 'number', field: name };
    }
    if (name === 'time' || name === 'timestamp') return { kind: 'time' };
  }
  input.at = from;
  return undefined;
}

/** Takes names that lead into the key or the value, perhaps with a dot in front. */
export function takeNames(input: FilterText, where: 'key' | 'value'): Subject | undefined {
  const from = input.at;
  const dot = input.take(/\./y) ?? '';
  const name = input.take(NAME);
  if (name === undefined) {
    input.at = from;
    return undefined;
  }
  const path = `$.${name}${input.take(STEPS) ?? ''}`;
  return { kind: 'path', where, path, at: from + dot.length - 2 };
}
