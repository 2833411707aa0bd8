import type { Field } from './csvRows';
import type { CsvColumns, CsvLayout, ImportProblem, RowObjects } from './imported';

/** A number as JSON writes it. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/** Columns with these roles are not part of the object. The key is. */
const APART = ['partition', 'headers', 'timestamp', 'encoding'] as const;

/** Returns the columns that hold numbers only, as JSON writes them, and at least one. */
export function numberColumns(width: number, rows: readonly (readonly Field[])[]): number[] {
  return [...Array(width).keys()].filter((index) => {
    const fields = rows.flatMap((row) => row[index] ?? []);
    return fields.length > 0 && fields.every((field) => NUMBER.test(field));
  });
}

/**
 * Returns a function that makes a JSON object of a row, with a member for each column in their
 * order. Numbers keep their digits, all else is text. A column without a name is left out where it
 * is empty, because many programs end each row with a delimiter.
 */
export function rowWriter(
  { header, columns }: Pick<CsvLayout, 'header' | 'columns'>,
  { numbers, empty }: RowObjects,
): (fields: readonly Field[]) => string | ImportProblem {
  const apart = new Set(APART.map((name: keyof CsvColumns) => columns[name]));
  const numeric = new Set(numbers);
  const cells = uniqueNames(header).flatMap((name, index) =>
    apart.has(index)
      ? []
      : {
          index,
          name,
          prefix: `${JSON.stringify(name)}:`,
          isNumber: numeric.has(index),
          empty: header[index] === '' ? 'omit' : empty,
        },
  );
  const emptyJson = { null: 'null', text: '""' };
  return (fields) => {
    const written: string[] = [];
    for (const { index, name, prefix, isNumber, empty } of cells) {
      const field = fields[index] ?? null;
      if (field === null) {
        if (empty !== 'omit') written.push(prefix + emptyJson[empty]);
      } else if (!isNumber) written.push(prefix + JSON.stringify(field));
      else if (NUMBER.test(field)) written.push(prefix + field);
      else return { kind: 'not-a-number', name };
    }
    return `{${written.join()}}`;
  };
}

/**
 * Returns a name for each column, so that no field is lost: the written one, with a number if an
 * earlier column has the same, and the number of the column if there is none.
 */
function uniqueNames(header: readonly string[]): readonly string[] {
  const taken = new Set(header);
  const counts = new Map<string, number>();
  return header.map((name, index) => {
    const base = name || `column${index + 1}`;
    let count = (counts.get(base) ?? 0) + 1;
    const numbered = () => (count === 1 ? base : `${base}_${count}`);
    const keepsName = name !== '' && count === 1;
    while (!keepsName && taken.has(numbered())) count += 1;
    counts.set(base, count);
    const unique = numbered();
    taken.add(unique);
    return unique;
  });
}
