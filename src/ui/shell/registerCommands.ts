import * as vscode from 'vscode';
import { type CommandId, commandIds } from '../base/commandIds';
import type { Command } from '../base/command';
import { toFailureContext } from '../words/remedies';
import { UserError } from '../words/report';
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
      const run = async (...given: readonly unknown[]) => {
        const [argument, selected] = given;
        let action = vscode.l10n.t('run the command');
        try {
          const command = await find(id);
          action = command.action;
          refuseLostNode(given);
          await command.run(argument, selected);
        } catch (error) {
          const again = () => vscode.commands.executeCommand(name, ...given);
          void reporter.failure(action, error, { ...toFailureContext(argument), again });
        }
      };
      return vscode.commands.registerCommand(name, run);
    }),
  );
}

/**
 * Throws if a command was called on a node of the tree that was gone by then. VS Code looks the node
 * up when the command runs, and passes nothing in its place while the tree is refreshed. Without
 * this, the command would act on a topic that it guesses, not on the one that was clicked.
 */
function refuseLostNode(given: readonly unknown[]): void {
  if (given.length < 2 || given[0] !== undefined) return;
  throw new UserError(
    vscode.l10n.t('the sidebar was being refreshed at that moment'),
    vscode.l10n.t('Do it again'),
  );
}
