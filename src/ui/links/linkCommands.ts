import * as vscode from 'vscode';
import type { CommandTable } from '../base/command';
import { copyLink, type CopyServices } from './copyLink';

/** The commands about links. VS Code itself opens them. */
export function linkCommands(services: CopyServices): Pick<CommandTable, 'copyLink'> {
  return {
    copyLink: {
      action: vscode.l10n.t('copy the link'),
      run: (argument, selected) => copyLink(argument, selected, services),
    },
  };
}
