import * as vscode from 'vscode';

/** Returns a text with a capital first letter, to begin a sentence or a row. */
export function capitalise(text: string): string {
  return text.charAt(0).toLocaleUpperCase(vscode.env.language) + text.slice(1);
}
