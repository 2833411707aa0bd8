import { amount, number } from '../amount';
import { ratio, type Row } from '../rows';

/** A line of `bench/limits.json`. Either `least` or `most` says which way is better. */
export interface Limit {
  readonly least?: number;
  readonly most?: number;
  /**
   * What is held against the limit: by default the ratio, else ours less the yardstick, or ours.
   */
  readonly of?: 'difference' | 'ours';
  /** The limit of a quick run, which is generous; without it a quick run does not check the row. */
  readonly quick?: number;
  /** What is aimed at, where the limit falls short of it. */
  readonly aim?: number;
}

export type Limits = Readonly<Record<string, Limit>>;

export interface CheckOptions {
  /** Whether the rows were measured in a quick run. */
  readonly quick: boolean;
  /** Whether every row that has a limit has to be there. */
  readonly complete: boolean;
}

/**
 * What is wrong with the rows, a sentence each: limits missed, and rows or limits without the
 * other.
 */
export function check(rows: readonly Row[], limits: Limits, options: CheckOptions): string[] {
  const problems = rows.flatMap((row) => {
    const limit = limits[row.name];
    if (!limit) return [`${row.name} has no line in bench/limits.json.`];
    return missed(row, limit, options.quick) ?? [];
  });
  if (!options.complete) return problems;
  const measured = new Set(rows.map(({ name }) => name));
  const wanted = Object.keys(limits).filter(
    (name) => !options.quick || limits[name]?.quick !== undefined,
  );
  return [
    ...problems,
    ...wanted.filter((name) => !measured.has(name)).map((name) => `${name} was not measured.`),
  ];
}

function missed(row: Row, limit: Limit, quick: boolean): string | undefined {
  const bound = boundOf(limit, quick);
  if (bound === undefined) return undefined;
  const value = checked(row, limit);
  const holds = limit.least === undefined ? value <= bound : value >= bound;
  // Not a number holds against nothing.
  if (holds) return undefined;
  const side = limit.least === undefined ? 'above' : 'below';
  const off = Math.abs(value - bound);
  const share = ((100 * off) / Math.abs(bound)).toFixed(0);
  return (
    `${row.name}: ${limit.of ?? 'ratio'} ${inUnit(value, row, limit)} is ${side} ` +
    `${inUnit(bound, row, limit)} by ${inUnit(off, row, limit)} (${share} %).`
  );
}

/** The limit in words, as in `≥ 0.85` or `≤ 64 MiB`; empty for none. */
export function describeLimit(row: Row, limit: Limit | undefined, quick: boolean): string {
  const bound = limit && boundOf(limit, quick);
  if (bound === undefined) return '';
  const side = limit?.least === undefined ? '≤' : '≥';
  const plus = limit?.of === 'difference' ? '+' : '';
  const aim = limit?.aim === undefined || quick ? '' : ` (aim ${number(limit.aim)})`;
  return `${side} ${plus}${inUnit(bound, row, limit)}${aim}`;
}

function boundOf(limit: Limit, quick: boolean): number | undefined {
  return quick ? limit.quick : (limit.least ?? limit.most);
}

/** What is held against the limit. */
function checked(row: Row, { of }: Limit): number {
  if (of === 'ours') return row.ours;
  return of === 'difference' ? row.ours - row.yardstick.value : ratio(row);
}

function inUnit(value: number, { unit }: Row, limit: Limit | undefined): string {
  return limit?.of === undefined ? number(value) : amount(value, unit);
}
