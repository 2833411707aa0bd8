import * as vscode from 'vscode';

/** What opens, and saves, documents as files. */
export interface FileStore {
  readonly onDidChange: vscode.Event<vscode.Uri>;
  stat(uri: vscode.Uri): Promise<vscode.FileStat>;
  read(uri: vscode.Uri): Promise<Uint8Array>;
  write(uri: vscode.Uri, content: Uint8Array): Promise<void>;
}

/**
 * Has VS Code treat documents with a scheme of ours as files, so that editing, saving and what is
 * not saved yet work as everywhere. The code behind it is loaded when the first one is opened.
 */
export class FilesOnDemand implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #subscriptions: vscode.Disposable;
  #store: Promise<FileStore> | undefined;

  readonly onDidChangeFile = this.#changed.event;

  constructor(
    scheme: string,
    private readonly load: () => Promise<FileStore>,
  ) {
    const options = { isCaseSensitive: true };
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerFileSystemProvider(scheme, this, options),
    );
  }

  watch(): vscode.Disposable {
    return vscode.Disposable.from();
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.#loaded()).stat(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.#loaded()).read(uri);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    await (await this.#loaded()).write(uri, content);
  }

  readDirectory(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  createDirectory(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #loaded(): Promise<FileStore> {
    this.#store ??= this.load().then(
      (store) => {
        store.onDidChange((uri) => {
          this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
        });
        return store;
      },
      (error: unknown) => {
        this.#store = undefined;
        throw error;
      },
    );
    return this.#store;
  }
}
