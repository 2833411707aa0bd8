import * as l10n from '@vscode/l10n';

/** Returns sentences one after the other, as the language of the window has it. Skips empty ones. */
export function joinSentences(...each: readonly string[]): string {
  const present = each.filter((sentence) => sentence !== '');
  return present.length === 0 ? '' : present.reduce((all, next) => l10n.t('{0} {1}', all, next));
}
