import * as vscode from 'vscode';
import type { CommandTable, Services } from './services';

type TransferCommandId = 'exportMessages';

/** The commands that move messages between topics and files, whose code is loaded with the first. */
export function transferCommands({ exporter }: Services): Pick<CommandTable, TransferCommandId> {
  const t = vscode.l10n.t;
  return {
    exportMessages: {
      doing: t('export the messages'),
      run: async (argument) => (await exporter()).export(argument),
    },
  };
}
