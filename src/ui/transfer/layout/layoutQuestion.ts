import * as vscode from 'vscode';
import { previewImport } from '../../../transfer/import/guess/guessImport';
import type { ImportOptions } from '../../../transfer/import/imported';
import { askPick, type Choice, type PickQuestion } from '../../dialogs/questions';
import type { Answer, StepContext } from '../../dialogs/wizard';
import { messageItem } from './messageItem';
import type { OpenedFile } from './openFile';

/** Asks for one aspect of how a file is read. `doubt` says why there is no default. */
export type LayoutQuestion = (
  context: StepContext,
  opened: OpenedFile,
  doubt: string | undefined,
) => Promise<Answer<OpenedFile>>;

/**
 * Asks for one of a list. With a doubt, the list begins with an entry that says what is in doubt;
 * it is active at first, and accepting it does nothing.
 */
export function askWithDoubt<T>(
  context: StepContext,
  doubt: string | undefined,
  { active, ...question }: PickQuestion<T> & { readonly choices: readonly Choice<T>[] },
): Promise<Answer<T>> {
  if (doubt === undefined) return askPick(context, { ...question, ...(active && { active }) });
  const first = { label: doubt, iconPath: new vscode.ThemeIcon('question') };
  return askPick(context, { ...question, choices: [first, ...question.choices] });
}

/** Returns a choice with the first message that a file gives if it is read in that way. */
export async function example<T>(
  { head }: OpenedFile,
  label: string,
  options: ImportOptions,
  choice: T,
): Promise<Choice<T>> {
  const [first] = await previewImport(head, options, 1);
  if (!first) return { label, choice };
  const { label: shown, description } = messageItem(first);
  const text = [shown, description].filter(Boolean).join(' · ');
  const detail = first.kind === 'bad' ? text : vscode.l10n.t('First message: {0}', text);
  return { label, detail, choice };
}
