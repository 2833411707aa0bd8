import * as l10n from '@vscode/l10n';
import type { DiagnosticSeverity } from 'vscode-languageserver-types';
import { joinSentences } from '../../l10n/joinSentences';
import { anyOf } from '../../l10n/anyOf';
import type { Problem } from '../../kafkaFile/problems';

/** How bad a problem is, and the sentence for it: what is wrong, and what to do. */
export type Wording = readonly [
  severity: DiagnosticSeverity,
  words: (name: string, problem: Problem) => string,
];

/** Adds what was probably meant to a sentence. */
export function orMeant(sentence: string, suggestions: readonly string[] = []): string {
  if (suggestions.length === 0) return sentence;
  const meant = anyOf(suggestions.map((each) => l10n.t('"{0}"', each)));
  return joinSentences(sentence, l10n.t('Did you mean {0}?', meant));
}
