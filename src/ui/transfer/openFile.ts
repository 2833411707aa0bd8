import * as vscode from 'vscode';
import { guessCsv, guessImport, type Head, readHead } from '../../transfer/import/guessImport';
import type { CsvLayout, ImportFormat } from '../../transfer/import/imported';
import type { SourceFile } from '../../transfer/bulk/produceFile';
import { toSourceFile } from './sourceFile';

/** A file that is to be produced, its beginning, and what that looks like. */
export interface OpenedFile {
  readonly uri: vscode.Uri;
  readonly file: SourceFile;
  readonly head: Head;
  readonly format: ImportFormat;
  /** What it looks like as CSV, whether or not it is. */
  readonly csv: CsvLayout;
}

/** Looks at a file. */
export async function openFile(uri: vscode.Uri): Promise<OpenedFile> {
  const file = await toSourceFile(uri);
  const head = await readHead(file.read());
  const { format } = await guessImport(head, file.name);
  return { uri, file, head, format, csv: await guessCsv(head) };
}

/** What a column of a CSV file may hold. */
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

/** What is asked and told of a CSV file: columns for headers only where one looks like that. */
export function offeredColumns({ columns }: CsvLayout): readonly ColumnName[] {
  return columnNames.filter((name) => name !== 'headers' || columns.headers !== undefined);
}

/** The layout with another column for one of them; -1: none. */
export function withColumn(csv: CsvLayout, name: ColumnName, column: number): CsvLayout {
  const { value, ...others } = { ...csv.columns, [name]: column };
  const given = Object.entries(others).filter(([, at]) => at >= 0);
  return { ...csv, columns: { value, ...Object.fromEntries(given) } };
}
