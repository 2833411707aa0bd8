import { createReadStream } from 'node:fs';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { localFolder } from '../../../transfer/bulk/localFolder';
import type { SourceFile } from '../../../transfer/bulk/produceFile';
import type { Folder } from '../../../transfer/bulk/restFiles';
import { clause } from '../../words/sentences';
import { UserError } from '../../words/report';

/** How many bytes are read at once. */
const CHUNK_BYTES = 256 * 1024;
/** The maximum size of a file that VS Code cannot stream and that is read in one piece. */
const MAX_WHOLE_BYTES = 50 * 1024 * 1024;

/**
 * Opens a file to produce. A local file is streamed, whatever its size. A file elsewhere, such as
 * in a virtual workspace, is read in one piece. Throws if that is too large, or if there is no
 * such file.
 */
export async function toSourceFile(uri: vscode.Uri): Promise<SourceFile> {
  const { size, type } = await statOf(uri);
  if ((type & vscode.FileType.File) === 0) {
    throw new UserError(
      vscode.l10n.t('{0} is not a file', vscode.workspace.asRelativePath(uri)),
      vscode.l10n.t('Choose a file that holds messages'),
    );
  }
  const name = uri.path.split('/').at(-1) ?? '';
  if (uri.scheme === 'file') {
    return {
      name,
      folder: localFolder(dirname(uri.fsPath)),
      read: () => createReadStream(uri.fsPath, { highWaterMark: CHUNK_BYTES }),
    };
  }
  if (size > MAX_WHOLE_BYTES) {
    const megabytes = MAX_WHOLE_BYTES / 1024 / 1024;
    throw new UserError(
      vscode.l10n.t('{0} is not on this computer and larger than {1} MB', name, megabytes),
      vscode.l10n.t('Download it, and produce the local file'),
    );
  }
  return { name, folder: virtualFolder(vscode.Uri.joinPath(uri, '..')), read: () => whole(uri) };
}

async function statOf(uri: vscode.Uri): Promise<vscode.FileStat> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch (error) {
    throw unreadable(uri, error);
  }
}

/** Returns the error that says which file cannot be read, and why. */
export function unreadable(uri: vscode.Uri, error: unknown): UserError {
  const t = vscode.l10n.t;
  return new UserError(
    t('{0} cannot be read: {1}', vscode.workspace.asRelativePath(uri), whyUnreadable(uri, error)),
    t('Choose another file'),
    'tryAgain',
  );
}

function whyUnreadable(uri: vscode.Uri, error: unknown): string {
  const t = vscode.l10n.t;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'FileNotFound':
    case 'ENOENT':
      return t('there is no such file');
    case 'NoPermissions':
    case 'EACCES':
    case 'EPERM':
      return t('its permissions do not allow it');
    default: {
      const detail = clause(error instanceof Error ? error.message : String(error));
      // VS Code says no more than this of a file system that nobody provides.
      const isAbsent = /^(?:Unavailable$|ENOPRO\b|$)/.test(detail);
      return isAbsent ? t('“{0}:” is not available here', uri.scheme) : detail;
    }
  }
}

async function* whole(uri: vscode.Uri): AsyncGenerator<Uint8Array> {
  const bytes = await vscode.workspace.fs.readFile(uri);
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    yield bytes.subarray(at, at + CHUNK_BYTES);
  }
}

/** Returns a folder of a virtual file system, whose files can only be written in one piece. */
export function virtualFolder(folder: vscode.Uri): Folder {
  const { fs } = vscode.workspace;
  return {
    create: async (name) => {
      const uri = vscode.Uri.joinPath(folder, name);
      if (await exists(uri)) throw Object.assign(new Error('EEXIST'), { code: 'EEXIST' });
      await fs.writeFile(uri, new Uint8Array());
      const chunks: Uint8Array[] = [];
      return {
        append: (bytes) => {
          chunks.push(bytes);
          return Promise.resolve();
        },
        close: async () => {
          try {
            await fs.writeFile(uri, Buffer.concat(chunks));
          } catch (error) {
            // An empty file would say that there was nothing to keep.
            await Promise.resolve(fs.delete(uri)).catch(() => undefined);
            throw error;
          }
        },
      };
    },
    remove: async (name) => {
      await fs.delete(vscode.Uri.joinPath(folder, name));
    },
  };
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    // Of a file system that fails nobody knows what it would overwrite.
    if (isNotFound(error)) return false;
    throw error;
  }
}

/** `ENOENT` is what file systems of other extensions may say. */
function isNotFound(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    /^(?:FileNotFound|ENOENT)$/.test(String(error.code))
  );
}
