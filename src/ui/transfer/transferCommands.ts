import * as vscode from 'vscode';
import type { CommandTable } from '../base/command';
import type { Bulk } from './bulk';
import type { Exporter } from './exportMessages';

type TransferCommandId =
  'exportMessages' | 'produceFile' | 'copyMessages' | 'pauseProducing' | 'resumeProducing';

/** The commands that move messages between topics and files. */
export function transferCommands(
  exporter: Exporter,
  bulk: Bulk,
): Pick<CommandTable, TransferCommandId> {
  const t = vscode.l10n.t;
  return {
    exportMessages: {
      action: t('export the messages'),
      run: (argument) => exporter.export(argument),
    },
    produceFile: {
      action: t('produce the file'),
      run: (argument) => bulk.produceFile(argument),
    },
    copyMessages: {
      action: t('copy the messages'),
      run: (argument) => bulk.copyMessages(argument),
    },
    pauseProducing: {
      action: t('pause'),
      run: (argument) => {
        bulk.pause(argument);
      },
    },
    resumeProducing: {
      action: t('resume'),
      run: (argument) => {
        bulk.resume(argument);
      },
    },
  };
}
