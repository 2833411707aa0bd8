import * as vscode from 'vscode';
import { type FileRun, openFileRun } from '../../../transfer/bulk/produceFile';
import { UserError } from '../../words/report';

/** As `openFileRun`, but throws a `UserError` if nothing can be written beside the file. */
export async function openBeside(...given: Parameters<typeof openFileRun>): Promise<FileRun> {
  try {
    return await openFileRun(...given);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const [, { name }] = given;
    throw new UserError(
      vscode.l10n.t('nothing can be written beside {0} ({1})', name, error.message),
      vscode.l10n.t(
        'Messages that cannot be sent are kept there: copy the file to a folder that can be written',
      ),
    );
  }
}
