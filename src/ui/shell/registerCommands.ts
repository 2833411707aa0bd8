import * as vscode from 'vscode';
import { type CommandId, commandIds } from '../base/commandIds';
import type { Reporter } from '../words/report';
import type { Command } from '../base/command';

/**
 * Registers every command and reports each failure to the person. The command itself is looked up
 * when it is called, because its code may have to be loaded first.
 */
export function registerCommands(
  find: (id: CommandId) => Promise<Command>,
  reporter: Reporter,
): vscode.Disposable {
  return vscode.Disposable.from(
    ...commandIds.map((id) =>
      vscode.commands.registerCommand(`kafkaRest.${id}`, async (argument: unknown) => {
        let action = vscode.l10n.t('run the command');
        try {
          const command = await find(id);
          action = command.action;
          await command.run(argument);
        } catch (error) {
          void reporter.failure(action, error);
        }
      }),
    ),
  );
}
