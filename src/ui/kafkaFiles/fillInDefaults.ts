import * as vscode from 'vscode';
import type { FileSchemas } from '../fileSchemas/fileSchemas';
import { UserError } from '../words/report';

/** Adds the members that the value at the cursor lacks, as the language server knows them. */
export async function fillInDefaults(
  editor: vscode.TextEditor | undefined,
  fileSchemas: Pick<FileSchemas, 'of'>,
): Promise<void> {
  const t = vscode.l10n.t;
  const isKnown =
    editor?.document.languageId === 'kafkarest' || (editor && fileSchemas.of(editor.document.uri));
  if (!isKnown) {
    throw new UserError(
      t('the messages of this file have no schema'),
      t('Use a .kafka file, or “Check File Against Schema...” in a JSON file'),
    );
  }
  const kind = vscode.CodeActionKind.RefactorRewrite;
  const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    editor.document.uri,
    editor.selection,
    kind.value,
  );
  const edit = actions.find((action) => action.kind?.value === kind.value)?.edit;
  if (!edit) {
    throw new UserError(
      t('there is nothing to fill in here'),
      t('Put the cursor into a value whose schema is known, and that lacks members of it'),
    );
  }
  await vscode.workspace.applyEdit(edit);
}
