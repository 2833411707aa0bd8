import * as vscode from 'vscode';

/**
 * Returns a text of `viewer/strings.ts` or `viewer/filter/filterWords.ts` in the language of the
 * window. `build/texts.ts` exports both as a whole; texts elsewhere are literals, which it finds.
 */
export function translated(text: string, ...values: readonly string[]): string {
  return vscode.l10n.t(text, ...values);
}
