import * as vscode from 'vscode';

export const warningIcon = new vscode.ThemeIcon(
  'warning',
  new vscode.ThemeColor('list.warningForeground'),
);
