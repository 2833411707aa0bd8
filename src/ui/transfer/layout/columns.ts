import * as vscode from 'vscode';
import { type Chosen, inHeader } from '../../../transfer/import/guess/chosen';
import type { CsvLayout } from '../../../transfer/import/imported';

/** The parts of a message that a column of a CSV file may hold. */
export const columnNames = ['value', 'key', 'partition', 'headers'] as const;
export type ColumnName = (typeof columnNames)[number];

export function columnTitle(name: ColumnName): string {
  const t = vscode.l10n.t;
  const titles: Readonly<Record<ColumnName, string>> = {
    value: t('Value'),
    key: t('Key'),
    partition: t('Partition'),
    headers: t('Headers'),
  };
  return titles[name];
}

/**
 * Returns the columns to offer for a CSV file. Headers are offered only if a column looks like
 * them.
 */
export function offeredColumns({ columns }: CsvLayout): readonly ColumnName[] {
  return columnNames.filter((name) => name !== 'headers' || columns.headers !== undefined);
}

/** Returns how a column is called: by its name or its number. */
export function columnLabel({ header }: CsvLayout, column: number): string {
  return header[column] || vscode.l10n.t('Column {0}', column + 1);
}

/** Returns what the person chose with another column for a name; -1 means none. */
export function chooseColumn(
  { columns }: Chosen,
  { header }: CsvLayout,
  name: ColumnName,
  column: number,
): Chosen {
  const before = columns && inHeader(columns, header);
  return { columns: { ...before, header, at: { ...before?.at, [name]: column } } };
}
