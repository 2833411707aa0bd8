import type { Imported, ImportOptions } from './imported';
import type { RestLayout } from '../bulk/restFiles';

/** How what was imported from a file is written down again: each exactly as it stood there. */
export function importLayout(options: ImportOptions): RestLayout<Imported> {
  const source = (item: Imported): string | Uint8Array => item.source;
  const isCut = (item: Imported): boolean =>
    item.kind === 'bad' && item.problem.kind === 'too-long';
  const around = { begin: '', separator: '\n', end: '\n', source, isCut };
  if (options.format === 'json') return { ...around, begin: '[\n', separator: ',\n', end: '\n]\n' };
  if (options.format !== 'csv') return around;
  const { header, delimiter } = options.csv;
  return { ...around, begin: `${header.map(quoted).join(delimiter)}\n` };
}

/** A field of any delimiter, in quotes unless it is a plain word. */
function quoted(field: string): string {
  return /^[\w.-]+$/.test(field) ? field : `"${field.replaceAll('"', '""')}"`;
}
