import * as vscode from 'vscode';
import { guessCsv } from '../../transfer/import/guessCsv';
import { guessImport } from '../../transfer/import/guessImport';
import { type Head, readHead } from '../../transfer/import/head';
import type { CsvColumns, CsvLayout, ImportFormat } from '../../transfer/import/imported';
import type { SourceFile } from '../../transfer/bulk/produceFile';
import { toSourceFile } from './sourceFile';

/** A file to produce, with its beginning and its likely layout. */
export interface OpenedFile {
  readonly uri: vscode.Uri;
  readonly file: SourceFile;
  readonly head: Head;
  readonly format: ImportFormat;
  /** The layout that the file would have as CSV, whether or not it is CSV. */
  readonly csv: CsvLayout;
}

/** Reads the beginning of a file and guesses its layout. */
export async function openFile(uri: vscode.Uri): Promise<OpenedFile> {
  const file = await toSourceFile(uri);
  const head = await readHead(file.read());
  const { format } = await guessImport(head, file.name);
  return { uri, file, head, format, csv: (await guessCsv(head)).csv };
}

/** The possible contents of a column of a CSV file. */
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

/** Returns the layout with another column for a name; -1 means none. */
export function withColumn(csv: CsvLayout, name: ColumnName, column: number): CsvLayout {
  const { row, ...layout } = csv;
  const given = Object.entries({ ...csv.columns, [name]: column }).filter(([, at]) => at >= 0);
  const columns: CsvColumns = Object.fromEntries(given);
  return { ...layout, columns, ...(row && name !== 'value' && { row }) };
}
