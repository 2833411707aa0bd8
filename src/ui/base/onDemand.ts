import * as vscode from 'vscode';

/**
 * Makes a value when it is first needed, and disposes of it if it was made and can be disposed of.
 * If making it fails, the next use tries again.
 */
export function onDemand<T extends object>(
  make: () => Promise<T>,
): { readonly get: () => Promise<T>; dispose(): void } {
  let made: Promise<T> | undefined;
  const again = (error: unknown) => {
    made = undefined;
    throw error;
  };
  return {
    get: () => (made ??= make().catch(again)),
    dispose: () => {
      void made?.then((each) => {
        if (isDisposable(each)) each.dispose();
      });
    },
  };
}

function isDisposable(value: object): value is { dispose(): void } {
  return 'dispose' in value && typeof value.dispose === 'function';
}

/** Runs a task once a document that it is for is open. */
export function onDocument(
  isFor: (document: vscode.TextDocument) => boolean,
  task: () => void,
): vscode.Disposable {
  let done = false;
  const check = (document: vscode.TextDocument) => {
    if (done || !isFor(document)) return;
    done = true;
    task();
  };
  const listener = vscode.workspace.onDidOpenTextDocument(check);
  vscode.workspace.textDocuments.forEach(check);
  return listener;
}
