import * as vscode from 'vscode';
import { fileName } from '../../../core/text/fileName';
import { type CopyOptions, copyLayout, type KeptRecords } from '../../../transfer/bulk/copyRecords';
import { type Folder, RestFiles } from '../../../transfer/bulk/restFiles';
import type { Action } from '../../dialogs/notify';
import { UserError } from '../../words/report';

/** The messages of a topic that were not copied, and how they are written. */
export interface Kept {
  readonly kept: KeptRecords;
  readonly topic: string;
  readonly options: CopyOptions;
}

/**
 * Writes messages that were not copied to files in a folder, as for a file that was produced, and
 * returns the names of the files. If that fails, there are no files, and the error offers `again`.
 */
export async function writeKept(
  folder: Folder,
  { kept, topic, options }: Kept,
  again: Action,
): Promise<readonly string[]> {
  const t = vscode.l10n.t;
  try {
    const name = `${fileName(topic)}.jsonl`;
    const files = await RestFiles.reserve(folder, name, copyLayout(options));
    try {
      for (const place of ['rest', 'unclear', 'setAside'] as const) {
        await files.keep(place, kept.of(place));
      }
    } catch (error) {
      await files.close({ discard: true });
      throw error;
    }
    const { files: written, error } = await files.close();
    if (error) throw error;
    return Object.values(written);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UserError(
      t('what was not copied cannot be saved there ({0})', error.message),
      t('Save it in another folder'),
      again,
    );
  }
}
