import * as vscode from 'vscode';
import type { Doubt } from '../../../transfer/import/guess/guess';
import type { Answer, StepContext } from '../../dialogs/wizard';
import { csvQuestions } from './csvQuestions';
import type { LayoutQuestion } from './layoutQuestion';
import type { Aspect } from './layoutRows';
import type { OpenedFile } from './openFile';
import { textQuestions } from './textQuestions';

const questions: Readonly<Record<Aspect, LayoutQuestion>> = { ...textQuestions, ...csvQuestions };

/** Asks for one aspect of how a file is read, with the present one as the default. */
export function askAspect(
  aspect: Aspect,
  context: StepContext,
  opened: OpenedFile,
): Promise<Answer<OpenedFile>> {
  return questions[aspect](context, opened, undefined);
}

/** Asks for an aspect that the guess leaves open, for which no answer is the default. */
export function askDoubt(
  aspect: Doubt,
  context: StepContext,
  opened: OpenedFile,
): Promise<Answer<OpenedFile>> {
  return questions[aspect](context, opened, describeDoubt(aspect));
}

function describeDoubt(doubt: Doubt): string {
  const t = vscode.l10n.t;
  switch (doubt) {
    case 'encoding':
      return t('It is not UTF-8. Choose the encoding in which the text is right');
    case 'format':
      return t('Its lines may belong together. Choose what is in the file');
    case 'items':
      return t('Both are possible. Choose what is to be sent');
    case 'keyed':
      return t('Each line may begin with a key. Choose what is to be sent');
    case 'header':
      return t('The first row may be names or a message. Choose what it is');
    case 'value':
      return t('Several are possible. Choose what is to be sent');
  }
}
