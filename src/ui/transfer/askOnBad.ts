import * as vscode from 'vscode';
import { literal, type Read } from '../../core/schema';
import { askPick } from '../dialogs/questions';
import { type Answer, mapAnswer, type StepContext } from '../dialogs/wizard';

/** Whether to stop at an item that is not a message, cannot be carried, or is refused. */
export const onBad = literal('stop', 'setAside');
export type OnBad = Read<typeof onBad>;

/**
 * Asks what to do about bad items. `question` names them; `stop` and `setAside` describe the
 * choices.
 */
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
