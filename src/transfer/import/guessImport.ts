import path from 'node:path';
import { guessPayload } from '../../core/message/parse';
import { guessCsv } from './guessCsv';
import type { Head } from './head';
import type { Imported, ImportOptions } from './imported';
import { importRecords } from './importRecords';

/**
 * Returns the first `count` records and bad lines of a file. What the end of the head may have cut
 * off is left out.
 */
export async function previewImport(
  { bytes, whole }: Head,
  options: ImportOptions,
  count: number,
): Promise<readonly Imported[]> {
  const found: Imported[] = [];
  for await (const batch of importRecords([bytes], options)) found.push(...batch);
  return (whole ? found : found.slice(0, -1)).slice(0, count);
}

/** Guesses how to read a file from its name and its first bytes. */
export async function guessImport(head: Head, name: string): Promise<ImportOptions> {
  const extension = path.extname(name).toLowerCase();
  if (['.csv', '.tsv', '.tab'].includes(extension)) {
    return { format: 'csv', csv: (await guessCsv(head)).csv };
  }
  const text = Buffer.from(head.bytes)
    .toString()
    .replace(/^\ufeff/, '')
    .trimStart();
  if (/^\[\s*[{\]]/.test(text) || (text.startsWith('[') && extension === '.json')) {
    return { format: 'json' };
  }
  const [firstLine = ''] = text.split('\n', 1);
  if (guessPayload(firstLine).shape === 'lines') return { format: 'jsonl' };
  const { csv, isMessages } = await guessCsv(head);
  return isMessages ? { format: 'csv', csv } : { format: 'lines' };
}
