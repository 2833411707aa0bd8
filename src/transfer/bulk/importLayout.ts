import { namedDelimiter } from '../import/csvRows';
import { type CsvLayout, delimiters, type Imported, type ImportOptions } from '../import/imported';
import type { RestLayout } from './restFiles';

/** Returns the layout that writes imported items so that they are read back exactly. */
export function importLayout(options: ImportOptions): RestLayout<Imported> {
  const isCut = (item: Imported): boolean =>
    item.kind === 'bad' && item.problem.kind === 'too-long';
  if (options.format === 'json' && options.container !== 'sequence') {
    const source = (item: Imported): string | Uint8Array => item.source;
    return { begin: () => '[\n', separator: ',\n', end: '\n]\n', source, isCut };
  }
  const lines = { separator: '\n', end: '\n', source: lineOf, isCut };
  if (options.format !== 'csv') return { ...lines, begin: markBefore };
  const { csv } = options;
  return { ...lines, begin: (first) => beginCsv(csv, first) };
}

/**
 * Returns the header row, if there is one. The first line names the delimiter if a guess would not
 * find it, and if the line after it would be taken for such a line and passed over.
 */
function beginCsv({ hasHeader, header, delimiter }: CsvLayout, first: Imported): string {
  const names = hasHeader ? `${header.map(quoted).join(delimiter)}\n` : '';
  const [line = ''] = (names || Buffer.from(first.source).toString()).split('\n', 1);
  const isKnown = delimiters.some((each) => each === delimiter);
  if (namedDelimiter(line) !== undefined || (!isKnown && delimiter.length === 1)) {
    return `sep=${delimiter}\n${names}`;
  }
  return names || markBefore(first);
}

/** Returns how a file that was written in the layout of `importLayout` is read. */
export function layoutOptions(options: ImportOptions): ImportOptions {
  const isArray = options.format === 'json' && options.container !== 'sequence';
  return { ...options, encoding: 'utf-8', ...(isArray && { container: 'array' }) };
}

/**
 * Returns the text before the line feed. If it ends with a carriage return, another one is added,
 * because readers take one for a part of the line end.
 */
function lineOf({ source }: Imported): string | Uint8Array {
  return typeof source === 'string' && source.endsWith('\r') ? `${source}\r` : source;
}

/** Returns a byte order mark if the first line begins with one, because readers skip the first. */
function markBefore({ source }: Imported): string {
  const mark = '\ufeff';
  return Buffer.from(source.slice(0, 3)).toString().startsWith(mark) ? mark : '';
}

/** Returns a field that is safe with any delimiter: in quotes unless it is a plain word. */
function quoted(field: string): string {
  return /^[\w.-]+$/.test(field) ? field : `"${field.replaceAll('"', '""')}"`;
}
