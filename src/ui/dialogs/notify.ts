import * as vscode from 'vscode';
import { oneLine, visible } from '../../core/text/visible';

export interface Action {
  readonly title: string;
  run(): unknown;
}

export type Severity = 'information' | 'warning' | 'error';

/**
 * Shows a message with actions and runs the one that is chosen. Text from others in the message
 * can neither hide characters nor become a link.
 */
export async function notify(
  severity: Severity,
  message: string,
  actions: readonly Action[] = [],
): Promise<void> {
  const show = {
    information: vscode.window.showInformationMessage,
    warning: vscode.window.showWarningMessage,
    error: vscode.window.showErrorMessage,
  }[severity];
  const title = await show(oneLine(message), ...actions.map((action) => action.title));
  await actions.find((action) => action.title === title)?.run();
}

/** The maximum length of a detail, because not every platform lets a dialog scroll. */
const MAX_DETAIL = 2000;
const MAX_DETAIL_LINES = 30;

/**
 * Asks in a dialog whether to do something; without an action, it only informs. A long detail is
 * cut, and the text says so.
 */
export async function confirm(
  severity: Exclude<Severity, 'error'>,
  message: string,
  detail: string,
  action: string | undefined,
): Promise<boolean> {
  const actions = action === undefined ? [] : [action];
  return (await choose(severity, message, detail, actions)) !== undefined;
}

/** As `confirm`, with several actions. Returns the chosen one. */
export async function choose(
  severity: Exclude<Severity, 'error'>,
  message: string,
  detail: string,
  actions: readonly string[],
): Promise<string | undefined> {
  const show =
    severity === 'warning'
      ? vscode.window.showWarningMessage
      : vscode.window.showInformationMessage;
  const options = { modal: true, detail: shortDetail(detail) };
  return show(oneLine(message), options, ...actions);
}

function shortDetail(detail: string): string {
  const lines = detail.slice(0, MAX_DETAIL).split('\n').slice(0, MAX_DETAIL_LINES);
  const text = lines.join('\n').replace(/[\ud800-\udbff]$/, '');
  const left = detail.length - text.length;
  const rest = vscode.l10n.t('… and {0} characters more', left.toLocaleString(vscode.env.language));
  return visible(left > 0 ? `${text}\n\n${rest}` : text, '\n\t');
}
