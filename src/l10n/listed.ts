import * as l10n from '@vscode/l10n';

/** Returns "a, b, c" in the language of the window; empty for no words. */
export function listed(words: readonly string[]): string {
  return words.length === 0 ? '' : words.reduce((all, next) => l10n.t('{0}, {1}', all, next));
}
