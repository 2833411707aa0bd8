import type { Imported, ImportOptions } from '../import/imported';
import type { RestLayout } from './restFiles';

/** Returns the layout that writes imported items so that they are read back exactly. */
export function importLayout(options: ImportOptions): RestLayout<Imported> {
  const isCut = (item: Imported): boolean =>
    item.kind === 'bad' && item.problem.kind === 'too-long';
  if (options.format === 'json') {
    const source = (item: Imported): string | Uint8Array => item.source;
    return { begin: () => '[\n', separator: ',\n', end: '\n]\n', source, isCut };
  }
  const lines = { separator: '\n', end: '\n', source: lineOf, isCut };
  if (options.format !== 'csv') return { ...lines, begin: markBefore };
  const { header, hasHeader, delimiter } = options.csv;
  if (!hasHeader) return { ...lines, begin: markBefore };
  const headerRow = `${header.map(quoted).join(delimiter)}\n`;
  return { ...lines, begin: () => headerRow };
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
