import { type Operation, print, type Programme } from './operation';
import { type Difference, runProgramme, type Sides } from './run';

/** A programme that was made small, and the difference that it still shows. */
export interface Found {
  readonly programme: Programme;
  readonly difference: Difference;
}

/**
 * Makes a programme smaller while the sides still differ: it leaves out operations, at first many at
 * once, and then records of those that are left.
 */
export async function shrink(found: Found, sides: Sides): Promise<Found> {
  let best = cut(found);
  const better = async (operations: readonly Operation[]): Promise<boolean> => {
    const programme = { ...best.programme, operations };
    const difference = await runProgramme(programme, sides);
    if (!difference) return false;
    best = cut({ programme, difference });
    return true;
  };
  for (let size = best.programme.operations.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < best.programme.operations.length;) {
      const { operations } = best.programme;
      const smaller = [...operations.slice(0, at), ...operations.slice(at + size)];
      if (!(await better(smaller))) at += size;
    }
  }
  for (let at = 0; at < best.programme.operations.length; at++) {
    for (let smaller = withoutRecord(best.programme.operations, at, 0), n = 0; smaller;) {
      if (!(await better(smaller))) n += 1;
      smaller = withoutRecord(best.programme.operations, at, n);
    }
  }
  return best;
}

/** Drops what comes after the difference. */
function cut({ programme, difference }: Found): Found {
  const operations = programme.operations.slice(0, difference.at + 1);
  return { programme: { ...programme, operations }, difference };
}

/** Returns the operations without a record of one of them, if it has that record and others. */
function withoutRecord(
  operations: readonly Operation[],
  at: number,
  record: number,
): readonly Operation[] | undefined {
  const operation = operations[at];
  if (!operation || !('records' in operation) || operation.records.length < 2) return undefined;
  if (record >= operation.records.length) return undefined;
  const smaller = { ...operation, records: operation.records.filter((_, n) => n !== record) };
  return operations.with(at, smaller);
}

/** Returns the report for a person: seed, operations, and what each side said. */
export function report(
  { programme: { seed, operations }, difference }: Found,
  sides: Sides,
): string {
  const width = Math.max(...sides.map(({ name }) => name.length));
  const said = sides.map(
    ({ name }, n) => `  ${name.padEnd(width)}: ${(difference.said[n] ?? '').slice(0, 2_000)}`,
  );
  return [`seed ${seed}:`, print(operations), ...said].join('\n');
}
