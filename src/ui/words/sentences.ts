import * as vscode from 'vscode';
import { joinSentences } from '../../l10n/joinSentences';

/** What a sentence can end with. */
const END = /[.!?…。！？]$/u;

/**
 * Joins texts to sentences, in this order. Each gets a full stop unless it ends with one. Empty
 * ones are left out.
 */
export function sentences(...texts: readonly string[]): string {
  const ended = texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => (END.test(text) ? text : vscode.l10n.t('{0}.', text)));
  return joinSentences(...ended);
}
