import * as vscode from 'vscode';

const SCHEME = 'kafkaRest-greyed';

/** Returns a URI by which VS Code shows a row greyed. */
export function greyedUri(id: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${id}` });
}

/** Greys the rows whose URIs come from `greyedUri`, which only a decoration can do. */
export function greyRows(): vscode.Disposable {
  const color = new vscode.ThemeColor('disabledForeground');
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration: ({ scheme }) =>
      scheme === SCHEME ? new vscode.FileDecoration(undefined, undefined, color) : undefined,
  });
}
