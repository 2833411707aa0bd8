import { isAbsolute } from 'node:path';
import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { SchemaFiles } from '../../core/schemaRegistry/fileLookup';
import { SchemaError } from '../../core/schemaRegistry/lookup';

/** A larger file is no schema. */
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_FILES = 500;

/** The endings of the files that can be schemas. */
const ENDINGS = '{avsc,proto,protoset,desc,json}';

/**
 * The schema files that a document can name: by paths relative to its folder inside of the
 * workspace, or by absolute paths. In workspaces that are not trusted there are none.
 */
export class SchemaFolder implements SchemaFiles {
  /** `folder` is that of the document. */
  constructor(private readonly folder: vscode.Uri) {}

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
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
        return undefined;
      }
      throw error;
    }
  }

  async siblings(path: string, ending: string): Promise<readonly string[]> {
    const folder = posix.dirname(path);
    const entries = await vscode.workspace.fs.readDirectory(this.#uriOf(folder));
    return entries
      .filter(([name, type]) => name.endsWith(ending) && (type & vscode.FileType.File) !== 0)
      .map(([name]) => (folder === '.' ? name : `${folder}/${name}`));
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
    if (isAbsolute(path)) return vscode.Uri.file(path);
    const uri = vscode.Uri.joinPath(this.folder, path);
    const root = vscode.workspace.getWorkspaceFolder(this.folder)?.uri ?? this.folder;
    if (uri.path.startsWith(`${root.path.replace(/\/$/, '')}/`) || uri.path === root.path)
      return uri;
    throw new SchemaError('not-found', `${path} is outside of the workspace`);
  }
}

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
