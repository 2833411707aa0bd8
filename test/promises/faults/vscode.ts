/** What src/ui needs of VS Code in plain Node: its English texts, its accounts, and files. */

import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';

export const l10n = {
  t: (text: string, ...values: unknown[]): string =>
    text.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)])),
};

export const env = { language: 'en' };

export class CancellationError extends Error {
  override readonly name = 'Canceled';
}

/** The messages that were shown, the last one last. */
export const shown: string[] = [];

export const window = {
  showErrorMessage: (message: string): Promise<undefined> => {
    shown.push(message);
    return Promise.resolve(undefined);
  },
};

/** An address, as far as it is used here. */
export class Uri {
  readonly authority = '';
  readonly query = '';
  readonly fragment = '';

  constructor(
    readonly scheme: string,
    readonly path: string,
  ) {}

  static file(file: string): Uri {
    return new Uri('file', file);
  }

  static joinPath({ scheme, path }: Uri, ...parts: readonly string[]): Uri {
    return new Uri(scheme, posix.join(path, ...parts));
  }

  get fsPath(): string {
    return this.path;
  }

  with({ scheme = this.scheme, path = this.path }: { scheme?: string; path?: string }): Uri {
    return new Uri(scheme, path);
  }

  toString(): string {
    return `${this.scheme}:${this.path}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

export enum FileType {
  Unknown = 0,
  File = 1,
  Directory = 2,
}

/** The files of a virtual workspace, by their addresses. */
export const virtualFiles = new Map<string, Uint8Array>();

function virtualFile(uri: Uri): Uint8Array {
  const bytes = virtualFiles.get(uri.toString());
  if (bytes) return bytes;
  throw Object.assign(new Error(`${uri.toString()} (FileNotFound)`), { code: 'FileNotFound' });
}

export const workspace = {
  isTrusted: true,
  getConfiguration: () => ({ get: () => undefined }),
  asRelativePath: ({ path }: Uri): string => posix.basename(path),
  fs: {
    stat: async (uri: Uri) => {
      const { length: size } = uri.scheme === 'file' ? await readFile(uri.path) : virtualFile(uri);
      return { type: FileType.File, size, ctime: 0, mtime: 0 };
    },
    readFile: (uri: Uri) => Promise.resolve().then(() => virtualFile(uri)),
    writeFile: (uri: Uri, bytes: Uint8Array) =>
      Promise.resolve().then(() => void virtualFiles.set(uri.toString(), Uint8Array.from(bytes))),
    delete: (uri: Uri) =>
      Promise.resolve().then(() => {
        virtualFile(uri);
        virtualFiles.delete(uri.toString());
      }),
  },
};

/** The accounts with which people are signed in, by the client IDs that ask for their tokens. */
export const accounts = new Map<string, () => Promise<{ accessToken: string } | undefined>>();

export const authentication = {
  getSession: (
    _: string,
    scopes: readonly string[],
  ): Promise<{ accessToken: string } | undefined> => {
    const [, id = ''] = /VSCODE_CLIENT_ID:(\S+)/.exec(scopes.join(' ')) ?? [];
    return accounts.get(id)?.() ?? Promise.resolve(undefined);
  },
};

/* What is made when src/ui is loaded, and looked at by nobody. */
export const TreeItemCollapsibleState = {};
export { CancellationError as ThemeColor, CancellationError as ThemeIcon };
