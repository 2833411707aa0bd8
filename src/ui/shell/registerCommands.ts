import * as vscode from 'vscode';
import { type CommandId, commandIds } from '../base/commandIds';
import type { Reporter } from '../words/report';
import type { Command } from '../base/command';

/**
 * Registers every command, so that each failure is worded for the person who asked. What it does is
 * found when it is called, for its code may have to be loaded.
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
