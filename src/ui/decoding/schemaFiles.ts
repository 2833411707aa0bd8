import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { SchemaFiles } from '../../core/schemaRegistry/fileLookup';
import { SchemaError } from '../../core/schemaRegistry/lookup';

/** A larger file is no schema. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * The schema files that a format can name: by paths inside of the workspace, or by absolute paths. An
 * untrusted workspace must not choose what is read, so that there are none in it.
 */
export class WorkspaceSchemaFiles implements SchemaFiles {
  /** `folder` is that of the document whose relative paths these are; by default the workspace's. */
  constructor(private readonly folder: vscode.Uri | undefined) {}

  async read(path: string): Promise<Uint8Array | undefined> {
    const uri = this.#uriOf(path);
    const open = vscode.workspace.textDocuments.find(
      (each) => each.uri.toString() === uri.toString(),
    );
    // What is not saved yet counts, as it does in the editor beside.
    if (open) return new TextEncoder().encode(open.getText());
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > MAX_BYTES) throw new SchemaError('invalid', `${path} is too large for a schema`);
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

  /** In the folder of the file that imports it, and in those above. */
  candidates(imported: string, importer: string): readonly string[] {
    const found: string[] = [];
    for (let folder = posix.dirname(importer); ; folder = posix.dirname(folder)) {
      found.push(posix.join(folder, imported));
      if (folder === posix.dirname(folder)) return found;
    }
  }

  /** Throws a `SchemaError` if a path must not be read. */
  #uriOf(path: string): vscode.Uri {
    if (!vscode.workspace.isTrusted) {
      throw new SchemaError('unreachable', `${path} is not read: the workspace is not trusted`);
    }
    if (posix.isAbsolute(path) || /^[a-z]:/i.test(path)) return vscode.Uri.file(path);
    const folder = this.folder ?? vscode.workspace.workspaceFolders?.[0]?.uri;
    if (!folder) throw new SchemaError('not-found', `no folder is open that ${path} may be in`);
    const uri = vscode.Uri.joinPath(folder, path);
    const root = vscode.workspace.getWorkspaceFolder(folder)?.uri ?? folder;
    const isInside = `${uri.path}/`.startsWith(`${root.path.replace(/\/$/, '')}/`);
    if (isInside) return uri;
    throw new SchemaError('not-found', `${path} is outside of the workspace`);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && /^FileNot(?:Found|ADirectory)/.test(error.code);
}
