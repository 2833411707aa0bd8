import {
  momentProblem,
  parseEnd,
  parseSpan,
  parseTime,
  spanProblem,
  type TimeContext,
} from '../../core/time/parse';
import type { FilterFault } from './filterError';
import type { FilterNode, NumberField, NumberRange } from './filterNode';

/** A mistake in the value of a field, without its place. */
export class FieldError extends Error {
  constructor(readonly fault: FilterFault) {
    super(fault.kind);
  }
}

const OPERATOR = /^(>=|<=|!=|==?|>|<)?\s*/;
/** What stands between the ends of a range. No number is negative. */
const RANGE = /\.\.|(?<=[\da-z])[-–](?=\d)/i;
const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['b', 1],
  ...['k', 'kb', 'kib'].map((unit) => [unit, 1024] as const),
  ...['m', 'mb', 'mib'].map((unit) => [unit, 1024 ** 2] as const),
  ...['g', 'gb', 'gib'].map((unit) => [unit, 1024 ** 3] as const),
]);

/**
 * Parses numbers such as "5", ">=5", "1..5", "1-5", "..5", "5.." or "1,3,7..9". Sizes may have a unit such
 * as kb, which is 1024 bytes. Throws `FieldError`.
 */
export function parseNumbers(field: NumberField, text: string): FilterNode {
  const bad = { kind: 'number', field, text } as const;
  const number = (digits: string): bigint | null => {
    if (digits === '') return null;
    const [, count, unit] = /^(\d{1,30}(?:\.\d{1,9})?)\s*([a-z]*)$/i.exec(digits) ?? [];
    const factor = field === 'size' ? UNITS.get(unit?.toLowerCase() ?? '') : 1;
    if (count === undefined || factor === undefined) throw new FieldError(bad);
    if (field === 'size') return BigInt(Math.round(Number(count) * factor));
    if (!/^\d+$/.test(digits)) throw new FieldError(bad);
    return BigInt(count);
  };
  // Equal to a list or a range is within it.
  const list = /[,.–-]/.test(text) ? text.replace(/^==?\s*/, '') : text;
  const ranges = list.split(',').flatMap((item): NumberRange[] => {
    const { operator, rest } = takeOperator(item.trim());
    const [first = '', second, ...more] = rest.split(RANGE);
    const [from, to] = [number(first), number(second ?? first)];
    if (more.length > 0 || (from === null && to === null)) throw new FieldError(bad);
    if (operator === undefined) {
      if (from !== null && to !== null && to < from) {
        throw new FieldError({ kind: 'empty-range', text: rest });
      }
      return [{ from, to }];
    }
    if (second !== undefined || from === null || item !== list) throw new FieldError(bad);
    return compared(operator, from);
  });
  return { kind: 'number', field, ranges };
}

/** Returns the operator at the beginning of a text, if any, and the rest of the text. */
function takeOperator(text: string): { readonly operator?: string; readonly rest: string } {
  const [head = '', operator] = OPERATOR.exec(text) ?? [];
  return { ...(operator !== undefined && { operator }), rest: text.slice(head.length) };
}

function compared(operator: string, number: bigint): NumberRange[] {
  const below = { from: null, to: number - 1n };
  const above = { from: number + 1n, to: null };
  switch (operator) {
    case '>':
      return [above];
    case '>=':
      return [{ from: number, to: null }];
    case '<':
      return [below];
    case '<=':
      return [{ from: null, to: number }];
    case '!=':
      return [below, above];
    default:
      return [{ from: number, to: number }];
  }
}

/**
 * Parses a span of time as `parseSpan` does, or an operator and a time. After an operator, a day
 * counts as a whole and any other time as a millisecond. Throws `FieldError`.
 */
export function parseTimes(text: string, timeContext: TimeContext): FilterNode {
  const { operator, rest: words } = takeOperator(text);
  const span =
    operator === undefined ? parseSpan(words, timeContext) : moment(operator, words, timeContext);
  if (!span) {
    const why = operator === undefined ? spanProblem : momentProblem;
    throw new FieldError({ kind: 'time', text, problem: why(words, timeContext) ?? 'unknown' });
  }
  const { from = -Infinity, to = Infinity } = span;
  const node = { kind: 'time', from, to } as const;
  return operator === '!=' ? { kind: 'not', node } : node;
}

/** Returns whether a text is a time or a span, or is like one of those, which parsing explains. */
export function timeLikeness(
  afterOperator: boolean,
  text: string,
  timeContext: TimeContext,
): 'time' | 'like-time' | undefined {
  const problem = (afterOperator ? momentProblem : spanProblem)(text, timeContext);
  if (problem === undefined || problem === 'is-moment' || problem === 'is-span') return 'time';
  return problem === 'unknown' ? undefined : 'like-time';
}

function moment(
  operator: string,
  text: string,
  timeContext: TimeContext,
): { readonly from?: number; readonly to?: number } | undefined {
  const from = parseTime(text, timeContext);
  const end = parseEnd(text, undefined, timeContext);
  if (from === undefined || end === undefined) return undefined;
  const to = Math.max(end, from + 1);
  switch (operator) {
    case '>':
      return { from: to };
    case '>=':
      return { from };
    case '<':
      return { to: from };
    case '<=':
      return { to };
    // What "!=" excludes is what "==" finds.
    default:
      return { from, to };
  }
}
