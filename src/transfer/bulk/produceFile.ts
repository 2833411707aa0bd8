import type { KafkaProxy } from '../../core/kafka';
import { mayHaveWritten } from '../../core/produce/fates';
import type { BulkOptions } from './bulkOptions';
import { BulkProducer } from './bulkProduce';
import type { BulkReport } from './bulkReport';
import type { Imported, ImportOptions } from '../import/imported';
import { importLayout } from './importLayout';
import { importRecords } from '../import/importRecords';
import { type Folder, RestFiles, type WrittenFiles } from './restFiles';

/** A file to produce. */
export interface SourceFile {
  /** The name without the folder. */
  readonly name: string;
  /** The folder of the file. Items that were not accepted are written to files there. */
  readonly folder: Folder;
  /** Reads the file from its beginning. */
  readonly read: () => AsyncIterable<Uint8Array>;
}

export interface FileReport extends BulkReport<Imported> {
  /** The files of items that were not accepted. Empty if nothing was sent. */
  readonly files: WrittenFiles;
}

/** A file that is about to be produced. */
export interface FileRun {
  readonly producer: Pick<BulkProducer<Imported>, 'pause' | 'resume' | 'leaveRest' | 'progress'>;
  /** Produces the file; see `BulkProducer.run`. Must be called only once. */
  readonly run: () => Promise<FileReport>;
}

/**
 * Prepares to produce a file. Rejects, before anything is sent, if the folder cannot be written,
 * and with a `KafkaError` of kind `unsupported` if the proxy cannot produce.
 */
export async function openFileRun(
  proxy: KafkaProxy,
  { name, folder, read }: SourceFile,
  format: ImportOptions,
  options: Omit<BulkOptions<Imported>, 'keep' | 'keepUnread'>,
): Promise<FileRun> {
  const producer = new BulkProducer<Imported>(proxy, {
    ...options,
    keep: (sink, items) => files.keep(sink, items),
  });
  const files = await RestFiles.reserve(folder, name, importLayout(format));

  async function run(): Promise<FileReport> {
    const report = await producer.run(() => importRecords(read(), format));
    const discard = !mayHaveWritten(report) && report.end.kind !== 'done';
    const { files: written, error } = await files.close({ discard });
    return { ...report, files: written, keepError: report.keepError ?? error };
  }

  return { producer, run };
}
