import * as l10n from '@vscode/l10n';

/** Returns "a, b, c" in the language of the window; empty for no words. */
export function listed(words: readonly string[]): string {
  return words.length === 0 ? '' : words.reduce((all, next) => l10n.t('{0}, {1}', all, next));
}

/** Returns "a, b; c" in the language of the window, where the entries have commas themselves. */
export function listedApart(entries: readonly string[]): string {
  return entries.length === 0 ? '' : entries.reduce((all, next) => l10n.t('{0}; {1}', all, next));
}
