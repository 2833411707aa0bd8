import type { DiagnosticSeverity } from 'vscode-languageserver-types';
import { oneLine } from '../core/text/visible';
import type { Problem, ProblemKind } from '../kafkaFile/problems';
import { lineWords } from './words/lines';
import { settingWords } from './words/settings';
import { supportWords } from './words/support';
import { valueWords } from './words/values';
import type { Wording } from './words/wording';

/** The severity and the sentence of every problem. */
const WORDS: Readonly<Record<ProblemKind, Wording>> = {
  ...lineWords,
  ...settingWords,
  ...supportWords,
  ...valueWords,
};

/** Says what is wrong and what to do, in the language of the window, in one line. */
export function messageOf(problem: Problem): string {
  const [, words] = WORDS[problem.kind];
  return oneLine(words(problem.name ?? '', problem));
}

export function severityOf(kind: ProblemKind): DiagnosticSeverity {
  return WORDS[kind][0];
}
