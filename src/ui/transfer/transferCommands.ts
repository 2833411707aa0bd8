import * as vscode from 'vscode';
import type { CommandTable } from '../base/command';
import { together } from '../tree/commands/together';
import type { Transfers } from './transfers';

type TransferCommandId =
  'exportMessages' | 'produceFile' | 'copyMessages' | 'pauseProducing' | 'resumeProducing';

/** The commands that move messages between topics and files, whose code may have to be loaded. */
export function transferCommands(
  load: () => Promise<Transfers>,
): Pick<CommandTable, TransferCommandId> {
  const t = vscode.l10n.t;
  return {
    exportMessages: {
      action: t('export the messages'),
      run: async (argument, selected) =>
        (await load()).exportMessages(together(argument, selected)),
    },
    produceFile: {
      action: t('produce the file'),
      run: async (argument) => (await load()).produceFile(argument),
    },
    copyMessages: {
      action: t('copy the messages'),
      run: async (argument, selected) => (await load()).copyMessages(together(argument, selected)),
    },
    pauseProducing: {
      action: t('pause'),
      run: async (argument) => {
        (await load()).pause(argument);
      },
    },
    resumeProducing: {
      action: t('resume'),
      run: async (argument) => {
        (await load()).resume(argument);
      },
    },
  };
}
