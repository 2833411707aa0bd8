import { posix } from 'node:path';
import * as vscode from 'vscode';
import { SchemaError } from '../../core/schemaRegistry/lookup';
import type { SchemaFiles } from '../../core/schemaRegistry/fileLookup';

/** How many folders above a file an import may be relative to, as with `protoc`'s roots. */
const MAX_ROOTS = 10;

/**
 * Reads the files of schemas. Relative paths are those of `base`, the folder of the file that names
 * the schema, and of the folders of the workspace. An untrusted workspace must not choose what is
 * read, so that nothing is read there.
 */
export class WorkspaceSchemaFiles implements SchemaFiles {
  constructor(private readonly base: vscode.Uri | undefined) {}

  async read(path: string): Promise<Uint8Array | undefined> {
    if (!vscode.workspace.isTrusted) {
      throw new SchemaError('invalid', `${path} is not read, as the workspace is not trusted`);
    }
    for (const uri of this.#places(path)) {
      try {
        return await vscode.workspace.fs.readFile(uri);
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    }
    return undefined;
  }

  async siblings(path: string, ending: string): Promise<readonly string[]> {
    const folder = posix.dirname(path);
    for (const uri of this.#places(folder)) {
      try {
        const entries = await vscode.workspace.fs.readDirectory(uri);
        return entries
          .filter(([name, type]) => type !== vscode.FileType.Directory && name.endsWith(ending))
          .map(([name]) => posix.join(folder, name));
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    }
    return [];
  }

  candidates(imported: string, importer: string): readonly string[] {
    const paths: string[] = [];
    let folder = posix.dirname(importer);
    for (let root = 0; root < MAX_ROOTS; root += 1) {
      paths.push(posix.join(folder, imported));
      const above = posix.dirname(folder);
      if (above === folder) break;
      folder = above;
    }
    return paths;
  }

  /** Where a path may be, the likeliest first. */
  #places(path: string): readonly vscode.Uri[] {
    if (posix.isAbsolute(path) || /^[a-z]:/i.test(path)) return [vscode.Uri.file(path)];
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
    return [...(this.base ? [this.base] : []), ...folders].map((uri) =>
      vscode.Uri.joinPath(uri, path),
    );
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && /^FileNot(?:Found|ADirectory)/.test(error.code);
}
