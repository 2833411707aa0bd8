import * as vscode from 'vscode';
import { boolean, lenient, object } from '../../core/schema';
import { oneLine } from '../../core/text/visible';
import type { Action } from './notify';
import { askPick } from './questions';
import { onlyStep } from './wizard';

/** How long a result stays in the status bar. */
const SHOWN_MS = 20_000;
/** How many characters of a result the status bar shows, because other items need room too. */
const MAX_LENGTH = 80;

interface Result {
  readonly text: string;
  readonly actions: readonly Action[];
}

/** The last result; its item is gone from the status bar after a while. */
let last: (Result & { readonly item: vscode.Disposable }) | undefined;

/**
 * Shows a good outcome in the status bar for a while, or until the next one. A click runs the only
 * action, or offers several. Text from others in it stays plain text.
 */
export function showResult(text: string, actions: readonly Action[] = []): void {
  last?.item.dispose();
  const item = vscode.window.createStatusBarItem('kafkaRest.result');
  const line = oneLine(text);
  const titles = actions.map(({ title }) => title).join(', ');
  item.name = vscode.l10n.t('Kafka REST Result');
  item.text = `$(check) ${line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 1)}…` : line}`;
  item.tooltip = titles === '' ? line : `${line}\n\n${titles}`;
  // A screen reader says an alert when it appears, as it does with a notification.
  item.accessibilityInformation = {
    label: titles === '' ? line : vscode.l10n.t('{0} Next: {1}', line, titles),
    role: 'alert',
  };
  if (actions.length > 0) {
    item.command = { command: 'kafkaRest.showResult', title: '', arguments: [{ click: true }] };
  }
  item.show();
  const timer = setTimeout(() => {
    item.dispose();
  }, SHOWN_MS);
  last = {
    text,
    actions,
    item: vscode.Disposable.from(item, {
      dispose: () => {
        clearTimeout(timer);
      },
    }),
  };
}

const fromClick = object({ click: lenient(boolean) });

/** Reads from the argument of the command whether the status bar was clicked. */
export function toClick(argument: unknown): boolean {
  return fromClick(argument)?.click ?? false;
}

/**
 * Shows the last result with its actions. Returns the chosen action. After a click on the status
 * bar, where the result stands already, the only action needs no question.
 */
export async function chooseAfterResult(click: boolean): Promise<Action | undefined> {
  const t = vscode.l10n.t;
  const { text, actions }: Result = last ?? { text: t('There is no result yet.'), actions: [] };
  if (click && actions.length === 1) return actions[0];
  const information = { label: text, iconPath: new vscode.ThemeIcon('check') };
  const answer = await askPick<Action>(onlyStep(t('Last Result')), {
    placeholder: text,
    choices:
      actions.length === 0
        ? [information]
        : actions.map((action) => ({ label: action.title, choice: action })),
  });
  return typeof answer === 'symbol' ? undefined : answer;
}
