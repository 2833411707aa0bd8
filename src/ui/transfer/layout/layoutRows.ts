import * as vscode from 'vscode';
import type { CsvLayout, ImportOptions } from '../../../transfer/import/imported';
import type { Choice } from '../../dialogs/questions';
import { columnLabel, columnTitle, offeredColumns } from './columns';
import {
  chosen,
  delimiterName,
  describeEncodingReason,
  describeFormatReason,
  describeHeaderReason,
  describeValueReason,
  encodingName,
  formatName,
} from './layoutWords';
import type { OpenedFile } from './openFile';

/** What a person can change in how a file is read. */
export type Aspect =
  | 'format'
  | 'encoding'
  | 'items'
  | 'base64'
  | 'keyed'
  | 'nulls'
  | 'delimiter'
  | 'header'
  | 'value'
  | 'numbers'
  | 'empty'
  | 'key'
  | 'partition'
  | 'headers';

/** The choice to change something. */
export interface Change<A extends string = Aspect> {
  readonly change: A;
}

/** Returns a row that tells a guess and why it was made, and that changes it. */
export function changeRow<A extends string>(
  change: A,
  label: string,
  description = '',
): Choice<Change<A>> {
  return { label, description, iconPath: new vscode.ThemeIcon('edit'), choice: { change } };
}

/** Returns a row for each guess of how a file is read. */
export function layoutRows({ options, guess }: OpenedFile): readonly Choice<Change>[] {
  const t = vscode.l10n.t;
  const { because } = guess;
  const { encoding = 'utf-8' } = options;
  return [
    changeRow(
      'format',
      t('Format: {0}', formatName(options)),
      describeFormatReason(because.format),
    ),
    ...formatRows(options, guess),
    changeRow(
      'encoding',
      t('Encoding: {0}', encodingName(encoding)),
      describeEncodingReason(because.encoding),
    ),
  ];
}

function formatRows(options: ImportOptions, guess: OpenedFile['guess']): readonly Choice<Change>[] {
  const t = vscode.l10n.t;
  switch (options.format) {
    case 'json':
    case 'jsonl': {
      const { items } = guess.because;
      return [
        changeRow(
          'items',
          options.items === 'records'
            ? t('Each JSON value: a message with value, key and more')
            : t('Each JSON value: the value of a message'),
          items ? t('{0} of the first {1} look like messages', items.records, items.of) : chosen(),
        ),
        ...(options.items === 'records'
          ? [
              changeRow(
                'base64',
                options.base64 ? t('Keys and values: Base64 of bytes') : t('Keys and values: text'),
                options.base64 ? t('all of them are Base64, as in binary responses') : '',
              ),
            ]
          : []),
      ];
    }
    case 'csv':
      return csvRows(options.csv, guess);
    case 'lines': {
      const { keyed } = options;
      if (!keyed) return [changeRow('keyed', t('Key: none, the whole line is the value'))];
      return [
        changeRow('keyed', t('Key: before the first {0}', delimiterName(keyed.separator))),
        changeRow(
          'nulls',
          keyed.nulls ? t('“null”: no key, or a tombstone') : t('“null”: the text, as any other'),
        ),
      ];
    }
    case 'whole':
      return [];
  }
}

function csvRows(csv: CsvLayout, { options, because }: OpenedFile['guess']) {
  const t = vscode.l10n.t;
  const guessed = options.format === 'csv' ? options.csv : undefined;
  const { columns, row } = csv;
  const isGuessedValue = guessed?.columns.value === columns.value && !guessed?.row === !row;
  const reason =
    because.csv && (isGuessedValue ? describeValueReason(because.csv.value) : chosen());
  return [
    changeRow('delimiter', t('Columns separated by: {0}', delimiterName(csv.delimiter))),
    changeRow(
      'header',
      csv.hasHeader ? t('Header row: the first row') : t('Header row: none'),
      because.csv && describeHeaderReason(because.csv.header),
    ),
    row
      ? changeRow('value', t('Value: the row as a JSON object'), reason)
      : changeRow('value', t('Value: {0}', columnLabel(csv, columns.value ?? 0)), reason),
    ...(row ? objectRows(csv, row) : []),
    ...offeredColumns(csv)
      .filter((name) => name !== 'value')
      .map((name) => {
        const column = columns[name];
        const label = column === undefined ? t('none') : columnLabel(csv, column);
        return changeRow(name, `${columnTitle(name)}: ${label}`);
      }),
  ];
}

function objectRows(csv: CsvLayout, { numbers, empty }: NonNullable<CsvLayout['row']>) {
  const t = vscode.l10n.t;
  const named = numbers.map((column) => columnLabel(csv, column)).join(', ');
  const words = { null: t('null'), omit: t('left out'), text: t('an empty text') };
  return [
    changeRow('numbers', named ? t('Numbers: {0}', named) : t('Numbers: none, all is text')),
    changeRow('empty', t('Empty fields: {0}', words[empty])),
  ];
}
