import * as l10n from '@vscode/l10n';

/** Returns "a, b or c" in the language of the window; empty for no words. */
export function anyOf(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  if (words.length < 2) return last;
  const others = words.slice(0, -1).reduce((all, next) => l10n.t('{0}, {1}', all, next));
  return l10n.t('{0} or {1}', others, last);
}
