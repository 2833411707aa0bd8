import * as vscode from 'vscode';
import { boolean, lenient, object } from '../../core/schema';
import { oneLine } from '../../core/text/visible';
import type { Action } from './notify';
import { askPick, type Choice } from './questions';
import { linesToRead, rowsToRead } from './toRead';
import { onlyStep } from './wizard';

/** How long a result stays in the status bar. */
const SHOWN_MS = 20_000;
/** How many characters of a result the status bar shows, because other items need room too. */
const MAX_LENGTH = 80;
/** Ends what was done; where it went follows. In Chinese, too. */
const AFTER_HEADLINE = /: |：/;

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
  item.text = `$(check) ${[shortened(line), ...(actions.length === 1 ? [titles] : [])].join(' · ')}`;
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

function shortened(line: string): string {
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 1)}…` : line;
}

const fromClick = object({ click: lenient(boolean) });

/** Reads from the argument of the command whether the status bar was clicked. */
export function toClick(argument: unknown): boolean {
  return fromClick(argument)?.click ?? false;
}

/**
 * Shows all of the last result with its actions. Returns the chosen action. After a click on the status
 * bar, where the result stands already, the only action needs no question.
 */
export async function chooseAfterResult(click: boolean): Promise<Action | undefined> {
  const t = vscode.l10n.t;
  const { text, actions }: Result = last ?? { text: t('There is no result yet.'), actions: [] };
  if (click && actions.length === 1) return actions[0];
  const { headline, rest } = parted(text);
  // The line above the list is cut where it is wider than the list, and is no row to go to.
  const isInFull = actions.length > 0 && linesToRead(headline).length === 1;
  const answer = await askPick<Action>(onlyStep(t('Last Result')), {
    placeholder: headline,
    choices: [
      ...actions.map((action): Choice<Action> => ({ label: action.title, choice: action })),
      ...rowsToRead([...(isInFull ? [] : linesToRead(headline)), ...linesToRead(rest)], 'check'),
    ],
  });
  return typeof answer === 'symbol' ? undefined : answer;
}

/** Splits a result into what was done and where it went. */
function parted(text: string): { readonly headline: string; readonly rest: string } {
  const [separator] = AFTER_HEADLINE.exec(text) ?? [''];
  const at = separator === '' ? text.length : text.indexOf(separator);
  return { headline: text.slice(0, at), rest: text.slice(at + separator.length) };
}
