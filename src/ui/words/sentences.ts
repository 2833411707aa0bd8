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

/**
 * Returns text from others as a part of a sentence: without the full stop that it ends with.
 */
export function clause(text: string): string {
  return text
    .trim()
    .replace(/(?<!\.)[.。]$/u, '')
    .trimEnd();
}

/** Returns a text with a capital first letter, to begin a sentence or a row. */
export function capitalise(text: string): string {
  return text.charAt(0).toLocaleUpperCase(vscode.env.language) + text.slice(1);
}
