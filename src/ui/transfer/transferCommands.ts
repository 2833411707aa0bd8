import * as vscode from 'vscode';
import type { CommandTable, Services } from '../services';

type TransferCommandId =
  'exportMessages' | 'produceFile' | 'copyMessages' | 'pauseProducing' | 'resumeProducing';

/** The commands that move messages between topics and files, whose code is loaded with the first. */
export function transferCommands({
  exporter,
  bulk,
}: Services): Pick<CommandTable, TransferCommandId> {
  const t = vscode.l10n.t;
  return {
    exportMessages: {
      doing: t('export the messages'),
      run: async (argument) => (await exporter()).export(argument),
    },
    produceFile: {
      doing: t('produce the file'),
      run: async (argument) => (await bulk()).produceFile(argument),
    },
    copyMessages: {
      doing: t('copy the messages'),
      run: async (argument) => (await bulk()).copyMessages(argument),
    },
    pauseProducing: {
      doing: t('pause'),
      run: async (argument) => {
        (await bulk()).pause(argument);
      },
    },
    resumeProducing: {
      doing: t('resume'),
      run: async (argument) => {
        (await bulk()).resume(argument);
      },
    },
  };
}
