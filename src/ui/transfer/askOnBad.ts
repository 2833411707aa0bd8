import * as vscode from 'vscode';
import { type Answer, askPick, back, type StepContext } from '../dialogs/wizard';

/** What to do at what is no message, at a message that cannot be carried, or is refused. */
export type OnBad = 'stop' | 'setAside';

export function toOnBad(value: unknown): OnBad | undefined {
  return value === 'stop' || value === 'setAside' ? value : undefined;
}

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
  return answer === back || answer === undefined ? answer : { onBad: answer };
}
