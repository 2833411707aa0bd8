import * as vscode from 'vscode';
import { type CommandId, commandIds } from '../base/commandIds';
import type { Command } from '../base/command';
import { toFailureContext } from '../words/remedies';
import type { Reporter } from '../words/reporter';

/**
 * Registers every command and reports each failure to the person, with the next step. The command
 * itself is looked up when it is called, because its code may have to be loaded first.
 */
export function registerCommands(
  find: (id: CommandId) => Promise<Command>,
  reporter: Reporter,
): vscode.Disposable {
  return vscode.Disposable.from(
    ...commandIds.map((id) => {
      const name = `kafkaRest.${id}`;
      const run = async (argument: unknown, selected: unknown) => {
        let action = vscode.l10n.t('run the command');
        try {
          const command = await find(id);
          action = command.action;
          await command.run(argument, selected);
        } catch (error) {
          const again = () => vscode.commands.executeCommand(name, argument, selected);
          void reporter.failure(action, error, { ...toFailureContext(argument), again });
        }
      };
      return vscode.commands.registerCommand(name, run);
    }),
  );
}
