import * as vscode from 'vscode';
import { boolean, lenient, object } from '../../core/schema';
import type { CommandTable } from '../base/command';
import { type Target, toTarget } from '../clusters/pick';
import type { Administration } from './administration';

const fromKeyboard = object({ selected: lenient(boolean) });

/** The commands that change topics; their code is loaded when the first one is called. */
export function administrationCommands(
  load: () => Promise<Administration>,
  selectedTopic: () => Target | undefined,
): Pick<
  CommandTable,
  'deleteTopic' | 'changeConfiguration' | 'saveConfiguration' | 'addPartitions'
> {
  const t = vscode.l10n.t;
  return {
    deleteTopic: {
      action: t('delete the topic'),
      run: async (argument) => {
        const isKey = fromKeyboard(argument)?.selected === true;
        const target = isKey ? selectedTopic() : toTarget(argument);
        if (target) await (await load()).deleteTopic(target);
      },
    },
    changeConfiguration: {
      action: t('change the configuration'),
      run: async (argument) => (await load()).changeConfiguration(toTarget(argument)),
    },
    saveConfiguration: {
      action: t('change the configuration'),
      run: async () => (await load()).saveConfiguration(),
    },
    addPartitions: {
      action: t('add partitions'),
      run: async (argument) => (await load()).addPartitions(toTarget(argument)),
    },
  };
}
