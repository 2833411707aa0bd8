import * as vscode from 'vscode';
import type { ClusterSource, EntryPlace } from '../../core/cluster/settings';
import { type Span, locate } from '../../core/json/locate';

const SETTING = 'kafkaRest.clusters';

/** How long to wait for an editor that a command of VS Code opens. */
const OPENING_MS = 10_000;
/** How long to wait for another editor where one with settings is active, which may be the one. */
const CHANGING_MS = 1000;

/** Opens the settings file that holds an entry, in an editor with the entry selected. */
export async function openEntry({ source, index }: EntryPlace): Promise<void> {
  const editor = await openSettings(source);
  if (!editor) return;
  const { document } = editor;
  const span = entryIn(document.getText(), index);
  if (!span) return;
  const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Returns where an entry stands in a settings file, or in the file of a workspace. */
function entryIn(text: string, index: number): Span | undefined {
  return (
    locate(text, [SETTING, index]) ??
    locate(text, ['settings', SETTING, index]) ??
    locate(text, [SETTING])
  );
}

async function openSettings(source: ClusterSource): Promise<vscode.TextEditor | undefined> {
  const uri = fileOf(source);
  if (uri) return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  return openedBy(
    source.scope === 'user' ? ownSettingsCommand() : 'workbench.action.openWorkspaceConfigFile',
  );
}

/** Returns the file with the settings of a workspace or folder, if it has an address. */
function fileOf({ scope, folder }: ClusterSource): vscode.Uri | undefined {
  const { workspaceFile, workspaceFolders } = vscode.workspace;
  if (scope === 'user') return undefined;
  if (scope === 'workspace' && workspaceFile) {
    return workspaceFile.scheme === 'untitled' ? undefined : workspaceFile;
  }
  const root = folder === undefined ? workspaceFolders?.[0]?.uri : vscode.Uri.parse(folder);
  return root && vscode.Uri.joinPath(root, '.vscode', 'settings.json');
}

/**
 * The clusters are settings of the machine on which they are used, and in a remote window these
 * stand in a file of the remote machine.
 */
function ownSettingsCommand(): string {
  return vscode.env.remoteName === undefined
    ? 'workbench.action.openSettingsJson'
    : 'workbench.action.openRemoteSettingsFile';
}

/** Runs a command that opens settings, and returns their editor. */
async function openedBy(command: string): Promise<vscode.TextEditor | undefined> {
  const { activeTextEditor: before } = vscode.window;
  let listener: vscode.Disposable | undefined;
  let timer: NodeJS.Timeout | undefined;
  // The editor may become known only after the command has ended. If it was open and active before,
  // nothing changes.
  const changed = new Promise<void>((resolve) => {
    listener = vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (isSettings(editor)) resolve();
    });
    timer = setTimeout(resolve, isSettings(before) ? CHANGING_MS : OPENING_MS);
  });
  await vscode.commands.executeCommand(command, { revealSetting: { key: SETTING } });
  const { activeTextEditor: after } = vscode.window;
  if (after === before || !isSettings(after)) await changed;
  listener?.dispose();
  clearTimeout(timer);
  const { activeTextEditor: editor } = vscode.window;
  return isSettings(editor) ? editor : undefined;
}

function isSettings(editor: vscode.TextEditor | undefined): boolean {
  return editor !== undefined && /\.(?:json|code-workspace)$/.test(editor.document.uri.path);
}
