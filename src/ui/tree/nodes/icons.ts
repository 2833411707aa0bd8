import * as vscode from 'vscode';

export const warningIcon = new vscode.ThemeIcon(
  'warning',
  new vscode.ThemeColor('list.warningForeground'),
);

export const errorIcon = new vscode.ThemeIcon(
  'error',
  new vscode.ThemeColor('list.errorForeground'),
);

/** The icons and the colour that show the state of a cluster. */
export const connectedColor = new vscode.ThemeColor('testing.iconPassed');

export const signInIcon = new vscode.ThemeIcon(
  'key',
  new vscode.ThemeColor('list.warningForeground'),
);

export const unreachableIcon = new vscode.ThemeIcon(
  'debug-disconnect',
  new vscode.ThemeColor('list.errorForeground'),
);
