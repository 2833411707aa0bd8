import { phrase } from '../../core/phrase';
import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { SchemaFiles } from '../../core/schemaRegistry/fileLookup';
import { SchemaError } from '../../core/schemaRegistry/lookup';

/** A larger file is no schema. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * The schema files that a format can name: by paths inside the workspace, or by absolute paths. An
 * untrusted workspace must not choose what is read, so there are none in one.
 */
export class WorkspaceSchemaFiles implements SchemaFiles {
  /** `folder` is that of the document whose relative paths these are; by default the workspace's. */
  constructor(private readonly folder: vscode.Uri | undefined) {}

  async read(path: string): Promise<Uint8Array | undefined> {
    const uri = this.#uriOf(path);
    const open = vscode.workspace.textDocuments.find(
      (each) => each.uri.toString() === uri.toString(),
    );
    // Unsaved changes count, because the person sees them in the editor.
    if (open) return new TextEncoder().encode(open.getText());
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > MAX_BYTES)
        throw new SchemaError('invalid', phrase('{0} is too large for a schema', path));
      return await vscode.workspace.fs.readFile(uri);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async siblings(path: string, ending: string): Promise<readonly string[]> {
    const folder = posix.dirname(path);
    const entries = await vscode.workspace.fs.readDirectory(this.#uriOf(folder));
    return entries
      .filter(([name, type]) => name.endsWith(ending) && (type & vscode.FileType.File) !== 0)
      .map(([name]) => posix.join(folder, name));
  }

  /** In the folder of the file that imports it, and in those above, in the workspace. */
  candidates(imported: string, importer: string): readonly string[] {
    const found: string[] = [];
    const top = isAbsolute(importer) ? '/' : topOf(this.folder);
    for (let folder = posix.dirname(importer); ; folder = posix.join(folder, '..')) {
      found.push(posix.join(folder, imported));
      if (folder === top || folder === posix.join(folder, '..')) return found;
    }
  }

  #uriOf(path: string): vscode.Uri {
    return uriOfSchema(path, this.folder);
  }
}

/**
 * Returns the path of a schema file as formats have it wherever no document is near: relative to the
 * first folder of the workspace if it is inside, else absolute.
 */
export function pathOfSchema(file: vscode.Uri): string {
  const folder = firstFolder();
  if (folder?.scheme !== file.scheme || !isIn(folder, file)) {
    return file.fsPath.replaceAll('\\', '/');
  }
  return posix.relative(folder.path, file.path);
}

/**
 * Returns the file that a path means in a document of a folder, by default in the workspace's. Throws
 * a `SchemaError` if it must not be read.
 */
export function uriOfSchema(path: string, ofDocument: vscode.Uri | undefined): vscode.Uri {
  if (!vscode.workspace.isTrusted) {
    throw new SchemaError(
      'unreachable',
      phrase('{0} is not read: the workspace is not trusted', path),
    );
  }
  if (isAbsolute(path)) return vscode.Uri.file(path);
  const folder = ofDocument ?? firstFolder();
  if (!folder)
    throw new SchemaError('not-found', phrase('no folder is open that {0} may be in', path));
  const uri = vscode.Uri.joinPath(folder, path);
  if (isIn(rootOf(folder), uri)) return uri;
  throw new SchemaError('not-found', phrase('{0} is outside of the workspace', path));
}

function isAbsolute(path: string): boolean {
  return posix.isAbsolute(path) || /^[a-z]:/i.test(path);
}

function firstFolder(): vscode.Uri | undefined {
  return vscode.workspace.workspaceFolders?.[0]?.uri;
}

/** Returns the folder of the workspace that a folder is in; the folder itself if there is none. */
function rootOf(folder: vscode.Uri): vscode.Uri {
  return vscode.workspace.getWorkspaceFolder(folder)?.uri ?? folder;
}

/** Returns how a relative path in a folder leads to the top of the workspace, such as `../..`. */
function topOf(folder: vscode.Uri | undefined): string {
  return (folder && posix.relative(folder.path, rootOf(folder).path)) || '.';
}

function isIn(folder: vscode.Uri, file: vscode.Uri): boolean {
  return file.path.startsWith(`${folder.path.replace(/\/$/, '')}/`);
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && /^FileNot(?:Found|ADirectory)/.test(error.code);
}
