import type { Imported, ImportOptions } from '../../../../src/transfer/import/imported';
import { type ImportExtras, importRecords } from '../../../../src/transfer/import/importRecords';
import { inPieces } from '../support';

/** All that a file gives, which comes in pieces of this size. */
export async function imported(
  file: string | Buffer,
  options: ImportOptions,
  { size = 3, ...extras }: ImportExtras & { readonly size?: number } = {},
): Promise<readonly Imported[]> {
  const found: Imported[] = [];
  for await (const batch of importRecords(inPieces(Buffer.from(file), size), options, extras)) {
    found.push(...batch);
  }
  return found;
}

/** What a test looks at: a record with its line, or a problem with its line and source. */
export function brief(item: Imported): unknown {
  return item.kind === 'record'
    ? [item.line, item.record]
    : [item.line, item.problem.kind, Buffer.from(item.source).toString('latin1')];
}

export async function found(...args: Parameters<typeof imported>): Promise<unknown[]> {
  return (await imported(...args)).map(brief);
}
