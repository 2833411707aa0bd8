import * as vscode from 'vscode';

const MAX_FILES = 500;

/** The endings of the files that can be schemas. */
const ENDINGS = '{avsc,proto,protoset,desc,json}';

/** Returns the folder at which the relative paths of a document begin. */
export function folderOf(document: vscode.Uri): vscode.Uri | undefined {
  if (document.scheme !== 'untitled') return vscode.Uri.joinPath(document, '..');
  return vscode.workspace.workspaceFolders?.[0]?.uri;
}

/** Returns the paths of the schema files in and below the folder of a document. */
export async function schemaFilesOf(document: vscode.Uri): Promise<readonly string[]> {
  const folder = folderOf(document);
  if (!folder || !vscode.workspace.isTrusted) return [];
  const pattern = new vscode.RelativePattern(folder, `**/*.${ENDINGS}`);
  const found = await vscode.workspace.findFiles(pattern, '**/node_modules/**', MAX_FILES);
  const base = folder.path.replace(/\/$/, '');
  return found
    .map(({ path }) => path.slice(base.length + 1))
    .filter((path) => !/(?:^|\/)(?:package(?:-lock)?|tsconfig)\.json$/.test(path))
    .sort();
}
