import * as vscode from 'vscode';

export const warningIcon = new vscode.ThemeIcon(
  'warning',
  new vscode.ThemeColor('list.warningForeground'),
);

export const errorIcon = new vscode.ThemeIcon(
  'error',
  new vscode.ThemeColor('list.errorForeground'),
);
