import * as vscode from 'vscode';
import type { FormatReason, ImportGuess, ItemsReason } from '../../../transfer/import/guess/guess';
import type { CsvReasons } from '../../../transfer/import/guess/guessCsv';
import type { ImportFormat, ImportOptions } from '../../../transfer/import/imported';
import type { TextEncoding } from '../../../transfer/import/textEncoding';

/** Returns the name of a format, and what it means. */
export function describeFormat(format: ImportFormat): readonly [label: string, detail: string] {
  const t = vscode.l10n.t;
  switch (format) {
    case 'jsonl':
      return [t('JSON Lines'), t('a JSON value on each line')];
    case 'json':
      return [t('JSON'), t('an array, or JSON values one after another, over any lines')];
    case 'csv':
      return [t('CSV'), t('a table, with a message in each row')];
    case 'lines':
      return [t('Plain lines'), t('a message on each line, as it is or with its key')];
    case 'whole':
      return [t('One message'), t('the whole file is its value')];
  }
}

/** Returns the name of the format in which a file is read. */
export function formatName(options: ImportOptions): string {
  const [name] = describeFormat(options.format);
  if (options.format !== 'json') return name;
  const t = vscode.l10n.t;
  const { container = 'array' } = options;
  if (container === 'sequence') return t('{0} values', name);
  return container === 'array'
    ? t('{0} array', name)
    : t('{0} object with the array “{1}”', name, container.member);
}

/** Says why a file is taken for a format. */
export function describeFormatReason(reason: FormatReason): string {
  const t = vscode.l10n.t;
  switch (reason.kind) {
    case 'ending':
      return t('by its ending');
    case 'json-lines':
      return reason.matching === reason.of
        ? t('each of the first lines is JSON')
        : t('{0} of the first {1} lines are JSON', reason.matching, reason.of);
    case 'array':
      return t('it is an array');
    case 'member':
      return t('its array “{0}” holds messages', reason.member);
    case 'sequence':
      return t('a value may span several lines');
    case 'columns':
      return t('its first row names the parts of a message');
    case 'separator':
      return t('each line has a separator');
    case 'document':
      return t('its lines belong together');
    case 'nothing-else':
      return t('it is neither JSON nor a table');
    case 'chosen':
      return asChosen();
  }
}

/** Says why JSON values are taken for messages or not. */
export function describeItemsReason({ records, of }: ItemsReason): string {
  const t = vscode.l10n.t;
  if (of === 0) return '';
  if (records === 0) return t('none of the first ones looks like a message');
  return records === of
    ? t('each of the first ones looks like a message')
    : t('{0} of the first {1} look like messages', records, of);
}

/** Says why keys and values are taken for Base64, if they are. */
export function describeBase64Reason({ base64 }: ImportOptions): string {
  return base64 ? vscode.l10n.t('all of them are, as in binary responses') : '';
}

export function encodingName(encoding: TextEncoding): string {
  const t = vscode.l10n.t;
  const names: Readonly<Record<TextEncoding, string>> = {
    'utf-8': 'UTF-8',
    'utf-16le': 'UTF-16 LE',
    'utf-16be': 'UTF-16 BE',
    'windows-1252': t('Western European ({0})', 'Windows-1252'),
    'windows-1250': t('Central European ({0})', 'Windows-1250'),
    'windows-1251': t('Cyrillic ({0})', 'Windows-1251'),
    'iso-8859-15': t('Western European ({0})', 'ISO 8859-15'),
    shift_jis: t('Japanese ({0})', 'Shift JIS'),
    gb18030: t('Chinese, simplified ({0})', 'GB 18030'),
    big5: t('Chinese, traditional ({0})', 'Big5'),
    'euc-kr': t('Korean ({0})', 'EUC-KR'),
  };
  return names[encoding];
}

export function describeEncodingReason(reason: ImportGuess['because']['encoding']): string {
  const t = vscode.l10n.t;
  switch (reason) {
    case 'mark':
      return t('by its byte order mark');
    case 'utf-8':
      return t('all its bytes are valid');
    case 'not-utf-8':
      return t('some of its bytes are not valid');
    case 'chosen':
      return asChosen();
  }
}

export function delimiterName(delimiter: string): string {
  const t = vscode.l10n.t;
  const names: Readonly<Record<string, string>> = {
    ',': t('comma'),
    ';': t('semicolon'),
    '\t': t('tab'),
    '|': t('vertical bar'),
    ':': t('colon'),
    '#': t('number sign'),
    '=': t('equals sign'),
    ' ': t('blank'),
  };
  return names[delimiter] ?? `“${delimiter}”`;
}

export function describeHeaderReason(reason: CsvReasons['header']): string {
  const t = vscode.l10n.t;
  switch (reason) {
    case 'names':
      return t('its names are known');
    case 'differs':
      return t('it differs from the rows below it');
    case 'alike':
      return t('the first row is like the others');
    case 'unclear':
      return t('not certain');
  }
}

export function describeValueReason(reason: CsvReasons['value']): string {
  const t = vscode.l10n.t;
  switch (reason) {
    case 'named':
      return t('by the name of the column');
    case 'only':
      return t('there is no other column');
    case 'second':
      return t('the second of two columns, after the key');
    case 'rest':
      return t('the other columns are parts of a message');
    case 'table':
      return t('no column is named as the value');
    case 'several':
      return t('several columns may be the value');
  }
}

/** Says that the person chose something. */
export function asChosen(): string {
  return vscode.l10n.t('as you chose');
}
