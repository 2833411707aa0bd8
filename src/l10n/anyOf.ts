import * as l10n from '@vscode/l10n';
import { listed } from './listed';

/** Returns "a, b or c" in the language of the window; empty for no words. */
export function anyOf(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : l10n.t('{0} or {1}', listed(words.slice(0, -1)), last);
}
