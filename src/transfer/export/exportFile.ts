import { randomBytes } from 'node:crypto';
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { KafkaRecord } from '../../core/kafka';
import type { ExportLayout } from './exportFormats';

/** What an export has written. */
export interface Exported {
  readonly records: number;
  /** The size of the file. */
  readonly bytes: number;
  /** The number of records that the format cannot hold. */
  readonly leftOut: number;
}

export interface ExportOptions {
  readonly signal?: AbortSignal;
  /** Called after each batch. */
  readonly onProgress?: (exported: Exported) => void;
}

/**
 * Yields the bytes of a file of records, one batch at a time, on demand. Yields nothing if there
 * is no record to write.
 */
export async function* exportBytes(
  batches: AsyncIterable<readonly KafkaRecord[]>,
  { begin, separator, end, records: textOf, holds }: ExportLayout,
  onProgress: (exported: Exported) => void = () => undefined,
): AsyncGenerator<Buffer, void, undefined> {
  let [records, bytes, leftOut] = [0, 0, 0];
  for await (const batch of batches) {
    const held = holds ? batch.filter(holds) : batch;
    leftOut += batch.length - held.length;
    if (held.length > 0) {
      const head = records === 0 ? begin : separator;
      const body = textOf(held);
      const text = Buffer.allocUnsafe(Buffer.byteLength(head) + Buffer.byteLength(body));
      text.write(body, text.write(head));
      records += held.length;
      bytes += text.length;
      yield text;
    }
    onProgress({ records, bytes, leftOut });
  }
  if (records === 0) return;
  yield Buffer.from(end);
  onProgress({ records, bytes: bytes + end.length, leftOut });
}

/**
 * Streams records into a file, in constant memory. They are written to a temporary file in the same
 * folder, which replaces any existing file once it is complete. If there is no record to write, the
 * existing file stays as it is.
 *
 * Rejects with the error of `batches`, the signal's reason, or the error of the file system. The
 * temporary file is then removed, unless the system does not let it, or the process is killed.
 */
export async function exportFile(
  batches: AsyncIterable<readonly KafkaRecord[]>,
  file: string,
  layout: ExportLayout,
  { signal, onProgress }: ExportOptions = {},
): Promise<Exported> {
  // Replaces the target of a link, not the link itself.
  const target = (await ifThere(realpath(file))) ?? file;
  const { mode = 0o666 } = (await ifThere(stat(target))) ?? {};
  const name = `.kafka-rest-${randomBytes(6).toString('hex')}.part`;
  const part = path.join(path.dirname(target), name);
  let exported: Exported = { records: 0, bytes: 0, leftOut: 0 };
  const report = (now: Exported) => {
    exported = now;
    onProgress?.(now);
  };
  try {
    const bytes = exportBytes(batches, layout, report);
    await writeFile(part, bytes, {
      flag: 'wx',
      mode: mode & 0o777,
      ...(signal && { signal }),
    });
    signal?.throwIfAborted();
    if (exported.records > 0) await rename(part, target);
    else await removeIfPossible(part);
    return exported;
  } catch (error) {
    await removeIfPossible(part);
    throw signal?.aborted ? signal.reason : error;
  }
}

/**
 * Returns what is found out about a file; `undefined` if there is none. Otherwise it rejects: a link
 * would be replaced, or a file that only its owner may read would become one that all may.
 */
async function ifThere<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether a file is left does not change what has become of the export. */
async function removeIfPossible(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined);
}
