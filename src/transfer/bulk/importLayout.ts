import type { Imported, ImportOptions } from '../import/imported';
import type { RestLayout } from './restFiles';

/** How what was imported from a file is written down again, so that it comes back exactly. */
export function importLayout(options: ImportOptions): RestLayout<Imported> {
  const isCut = (item: Imported): boolean =>
    item.kind === 'bad' && item.problem.kind === 'too-long';
  if (options.format === 'json') {
    const source = (item: Imported): string | Uint8Array => item.source;
    return { begin: () => '[\n', separator: ',\n', end: '\n]\n', source, isCut };
  }
  const lines = { separator: '\n', end: '\n', source: lineOf, isCut };
  if (options.format !== 'csv') return { ...lines, begin: markBefore };
  const { header, delimiter } = options.csv;
  const headerRow = `${header.map(quoted).join(delimiter)}\n`;
  return { ...lines, begin: () => headerRow };
}

/** What stands before the line feed: one carriage return there belongs to the end of the line. */
function lineOf({ source }: Imported): string | Uint8Array {
  return typeof source === 'string' && source.endsWith('\r') ? `${source}\r` : source;
}

/** A byte order mark, which does not count, before a line that begins with one, which does. */
function markBefore({ source }: Imported): string {
  const mark = '\ufeff';
  return Buffer.from(source.slice(0, 3)).toString().startsWith(mark) ? mark : '';
}

/** A field of any delimiter, in quotes unless it is a plain word. */
function quoted(field: string): string {
  return /^[\w.-]+$/.test(field) ? field : `"${field.replaceAll('"', '""')}"`;
}
