import * as vscode from 'vscode';

/** A count of messages in words, with the thousands set apart. */
export function messages(count: bigint | number): string {
  const number = count.toLocaleString(vscode.env.language);
  return Number(count) === 1
    ? vscode.l10n.t('{0} message', number)
    : vscode.l10n.t('{0} messages', number);
}
