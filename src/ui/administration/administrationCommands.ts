import * as vscode from 'vscode';
import { boolean, lenient, object } from '../../core/schema';
import type { CommandTable } from '../base/command';
import { toTarget } from '../clusters/pick';
import { toGivenTopics } from '../targets/givenTopics';
import { together } from '../tree/commands/together';
import type { Administration } from './administration';

const fromKeyboard = object({ selected: lenient(boolean) });

/**
 * The commands that change topics; their code is loaded when the first one is called.
 * `selectedTopics` returns the nodes that are selected in the tree, none if others are among them.
 */
export function administrationCommands(
  load: () => Promise<Administration>,
  selectedTopics: () => readonly unknown[],
): Pick<
  CommandTable,
  'deleteTopic' | 'changeConfiguration' | 'saveConfiguration' | 'addPartitions'
> {
  const t = vscode.l10n.t;
  return {
    deleteTopic: {
      action: t('delete the topic'),
      run: async (argument, selected) => {
        const isKey = fromKeyboard(argument)?.selected === true;
        const nodes = selectedTopics();
        if (isKey && nodes.length === 0) return;
        const given = isKey ? together(nodes[0], nodes) : together(argument, selected);
        const topics = toGivenTopics(given);
        const administration = await load();
        if (topics) await administration.deleteTopics(topics);
        else await administration.deleteTopic(toTarget(given));
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
