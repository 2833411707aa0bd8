import * as vscode from 'vscode';

/** Says why a file cannot be used, by the `detail` of a `credential-unusable`. */
export function fileProblem(detail: string): string {
  const t = vscode.l10n.t;
  switch (detail) {
    case 'not-a-file':
      return t('it is a folder');
    case 'too-large':
      return t('it is larger than 1 MiB');
    case 'damaged':
      return t('it is damaged');
    case 'EACCES':
    case 'EPERM':
      return t('you may not read it');
    default:
      return detail;
  }
}
