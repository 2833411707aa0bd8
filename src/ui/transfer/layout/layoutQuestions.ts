import * as vscode from 'vscode';
import type { Doubt } from '../../../transfer/import/guess/guess';
import { type Answer, back, type StepContext } from '../../dialogs/wizard';
import { csvQuestions } from './csvQuestions';
import type { LayoutQuestion } from './layoutQuestion';
import type { Aspect } from './layoutRows';
import type { OpenedFile } from './openFile';
import { textQuestions } from './textQuestions';

const questions: Readonly<Record<Aspect, LayoutQuestion>> = { ...textQuestions, ...csvQuestions };

/** The doubts in the order in which they are asked; an answer may lead to those after it. */
const doubts: readonly Doubt[] = ['encoding', 'format', 'items', 'keyed', 'header', 'value'];

/**
 * Asks for one aspect of how a file is read, with the present one as the default, and for what the
 * answer leaves open.
 */
export function askAspect(
  aspect: Aspect,
  context: StepContext,
  opened: OpenedFile,
): Promise<Answer<OpenedFile>> {
  return askAndSettle(context, () => questions[aspect](context, opened, undefined));
}

/**
 * Asks for each aspect that the guess leaves open, for which no answer is the default. Returns the
 * file as it is if there is none.
 */
export async function askDoubts(
  context: StepContext,
  opened: OpenedFile,
): Promise<Answer<OpenedFile>> {
  const doubt = doubts.find((each) => opened.doubts.includes(each));
  if (doubt === undefined) return opened;
  return askAndSettle(context, () => questions[doubt](context, opened, describeDoubt(doubt)));
}

/** Asks a question and then the doubts that its answer leaves; going back leads to it again. */
async function askAndSettle(
  context: StepContext,
  ask: () => Promise<Answer<OpenedFile>>,
): Promise<Answer<OpenedFile>> {
  for (;;) {
    const answer = await ask();
    if (answer === back || answer === undefined) return answer;
    const settled = await askDoubts({ ...context, canGoBack: true }, answer);
    if (settled !== back) return settled;
  }
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
