import * as vscode from 'vscode';
import type { DecoderLayer } from '../../core/read/decoderChoices';
import type { Action } from '../dialogs/notify';

const SETTING = 'decoders';

/** Returns the setting in every place where it may stand, the nearest first. */
export function decoderLayers(): readonly DecoderLayer[] {
  const { isTrusted, workspaceFile, workspaceFolders = [] } = vscode.workspace;
  const found = inspect();
  // In a window with one folder, its settings are those of the workspace.
  const folders = workspaceFile ? workspaceFolders : [];
  return [
    ...folders.map(({ uri }): DecoderLayer => {
      const value = inspect(uri)?.workspaceFolderValue;
      return { scope: 'folder', value, mayNameFiles: isTrusted };
    }),
    { scope: 'workspace', value: found?.workspaceValue, mayNameFiles: isTrusted },
    { scope: 'user', value: found?.globalValue, mayNameFiles: true },
  ];
}

/** Returns the person's own entries. */
export function ownDecoders(): readonly unknown[] {
  const value = inspect()?.globalValue;
  return Array.isArray(value) ? value : [];
}

/** Replaces the person's own entries. */
export async function writeOwnDecoders(entries: readonly unknown[]): Promise<void> {
  await vscode.workspace
    .getConfiguration('kafkaRest')
    .update(SETTING, entries.length === 0 ? undefined : entries, vscode.ConfigurationTarget.Global);
}

/** Opens the setting. */
export function openDecoderSettings(): Action {
  return {
    title: vscode.l10n.t('Open Settings'),
    run: () =>
      vscode.commands.executeCommand('workbench.action.openSettings', `kafkaRest.${SETTING}`),
  };
}

function inspect(folder?: vscode.Uri) {
  return vscode.workspace.getConfiguration('kafkaRest', folder).inspect<unknown>(SETTING);
}
