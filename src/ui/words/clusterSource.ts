import * as vscode from 'vscode';
import type { ClusterSource } from '../../core/cluster/settings';

/** Returns where a cluster comes from in a word or two; empty for the person's own settings. */
export function sourceWord(source: ClusterSource | undefined): string {
  switch (source?.scope) {
    case 'workspace':
      return vscode.l10n.t('workspace');
    case 'folder':
      return vscode.l10n.t('folder {0}', folderName(source));
    case 'user':
    case undefined:
      return '';
  }
}

/** Returns where a cluster is defined: "your own settings". */
export function sourceWords(source: ClusterSource): string {
  switch (source.scope) {
    case 'workspace':
      return vscode.l10n.t('the settings of this workspace');
    case 'folder':
      return vscode.l10n.t('the settings of the folder {0}', folderName(source));
    case 'user':
      return vscode.l10n.t('your own settings');
  }
}

function folderName({ folder = '' }: ClusterSource): string {
  const uri = vscode.Uri.parse(folder);
  return vscode.workspace.getWorkspaceFolder(uri)?.name ?? uri.path;
}
