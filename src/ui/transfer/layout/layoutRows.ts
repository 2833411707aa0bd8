import * as vscode from 'vscode';
import { listed } from '../../../l10n/listed';
import { inHeader } from '../../../transfer/import/guess/chosen';
import type { CsvLayout } from '../../../transfer/import/imported';
import { columnLabel, columnTitle, offeredColumns } from './columns';
import {
  asChosen,
  delimiterName,
  describeBase64Reason,
  describeEncodingReason,
  describeFormatReason,
  describeHeaderReason,
  describeItemsReason,
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

/** A row that tells a guess and why it was made. */
export interface LayoutRow {
  /** What a person can change there. */
  readonly aspect: Aspect;
  readonly label: string;
  readonly description: string;
}

function row(aspect: Aspect, label: string, description = ''): LayoutRow {
  return { aspect, label, description };
}

/** Returns a row for each guess of how a file is read. */
export function layoutRows(opened: OpenedFile): readonly LayoutRow[] {
  const t = vscode.l10n.t;
  const { options, because } = opened;
  const { encoding = 'utf-8' } = options;
  return [
    row('format', t('Format: {0}', formatName(options)), describeFormatReason(because.format)),
    ...formatRows(opened),
    row(
      'encoding',
      t('Encoding: {0}', encodingName(encoding)),
      describeEncodingReason(because.encoding),
    ),
  ];
}

function formatRows(opened: OpenedFile): readonly LayoutRow[] {
  const t = vscode.l10n.t;
  const { options, because, chosen } = opened;
  switch (options.format) {
    case 'json':
    case 'jsonl': {
      const { items } = because;
      return [
        row(
          'items',
          options.items === 'records'
            ? t('Each JSON value: a message')
            : t('Each JSON value: the value of a message'),
          items ? describeItemsReason(items) : asChosen(),
        ),
        ...(options.items === 'records'
          ? [
              row(
                'base64',
                options.base64 ? t('Keys and values: Base64') : t('Keys and values: text'),
                chosen.base64 === undefined ? describeBase64Reason(options) : asChosen(),
              ),
            ]
          : []),
      ];
    }
    case 'csv':
      return csvRows(options.csv, opened);
    case 'lines': {
      const { keyed } = options;
      if (!keyed) return [row('keyed', t('Key: none, the whole line is the value'))];
      return [
        row('keyed', t('Key: before the first {0}', delimiterName(keyed.separator))),
        row(
          'nulls',
          keyed.nulls ? t('“null”: no key, or a tombstone') : t('“null”: the text, as any other'),
        ),
      ];
    }
    case 'whole':
      return [];
  }
}

function csvRows(csv: CsvLayout, { chosen, because }: OpenedFile): readonly LayoutRow[] {
  const t = vscode.l10n.t;
  const { columns, row: object } = csv;
  const at = chosen.columns && inHeader(chosen.columns, csv.header).at;
  const reason =
    because.csv && (at?.value === undefined ? describeValueReason(because.csv.value) : asChosen());
  return [
    row(
      'delimiter',
      t('Columns separated by: {0}', delimiterName(csv.delimiter)),
      chosen.delimiter === undefined ? '' : asChosen(),
    ),
    row(
      'header',
      csv.hasHeader ? t('Header row: the first row') : t('Header row: none'),
      chosen.hasHeader === undefined
        ? because.csv && describeHeaderReason(because.csv.header)
        : asChosen(),
    ),
    object
      ? row('value', t('Value: the row as a JSON object'), reason)
      : row('value', t('Value: {0}', columnLabel(csv, columns.value ?? 0)), reason),
    ...(object ? objectRows(csv, object) : []),
    ...offeredColumns(csv)
      .filter((name) => name !== 'value')
      .map((name) => {
        const column = columns[name];
        const label = column === undefined ? t('none') : columnLabel(csv, column);
        const reason = at?.[name] === undefined ? '' : asChosen();
        return row(name, t('{0}: {1}', columnTitle(name), label), reason);
      }),
  ];
}

function objectRows(
  csv: CsvLayout,
  { numbers, empty }: NonNullable<CsvLayout['row']>,
): readonly LayoutRow[] {
  const t = vscode.l10n.t;
  const named = listed(numbers.map((column) => columnLabel(csv, column)));
  const words = { null: t('null'), omit: t('left out'), text: t('an empty text') };
  return [
    row('numbers', named ? t('Numbers: {0}', named) : t('Numbers: none, all is text')),
    row('empty', t('Empty fields: {0}', words[empty])),
  ];
}
