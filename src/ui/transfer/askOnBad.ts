import * as vscode from 'vscode';
import { literal, type Read } from '../../core/schema';
import { type Answer, askPick, mapAnswer, type StepContext } from '../dialogs/wizard';

/** What to do at what is no message, at a message that cannot be carried, or is refused. */
export const onBad = literal('stop', 'setAside');
export type OnBad = Read<typeof onBad>;

/** `question` names what may go wrong, `stop` and `setAside` what happens then. */
export async function askOnBad(
  context: StepContext,
  active: OnBad,
  question: string,
  details: Readonly<Record<OnBad, string>>,
): Promise<Answer<{ readonly onBad: OnBad }>> {
  const t = vscode.l10n.t;
  const answer = await askPick<OnBad>(context, {
    placeholder: question,
    choices: [
      { label: t('Stop there'), detail: details.stop, choice: 'stop' },
      { label: t('Set it aside and go on'), detail: details.setAside, choice: 'setAside' },
    ],
    active: (choice) => choice === active,
  });
  return mapAnswer(answer, (onBad) => ({ onBad }));
}
