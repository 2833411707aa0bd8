import * as l10n from '@vscode/l10n';
import { type Phrase, wordsOf } from '../core/phrase';

/** Returns a phrase in the language of the window. */
export function inWords(phrase: Phrase): string {
  return wordsOf(phrase, (text, ...args) => l10n.t(text, ...args));
}
