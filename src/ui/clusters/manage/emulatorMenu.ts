import * as vscode from 'vscode';
import { confirm } from '../../dialogs/notify';
import { askPick, type Choice } from '../../dialogs/questions';
import { back, onlyStep } from '../../dialogs/wizard';
import { messages, topics } from '../../words/counts';
import { UserError } from '../../words/report';
import type { EmulatorService, RunningEmulator } from '../emulator';

type MenuChoice = 'copy' | 'open' | 'log' | 'samples' | 'empty' | 'stop';

/** Offers what can be done with the emulator. Throws a `UserError` if it does not run. */
export async function emulatorMenu(emulator: EmulatorService): Promise<void> {
  const { running } = emulator;
  if (!running) {
    throw new UserError(
      vscode.l10n.t('the emulator is not running'),
      vscode.l10n.t('Start it with “Kafka REST: Start Emulator”'),
    );
  }
  const { name, endpoint } = running.definition;
  const choice = await askPick<MenuChoice>(onlyStep(vscode.l10n.t('Kafka Emulator')), {
    placeholder: describe(running),
    choices: choicesFor(running),
  });
  switch (choice) {
    case 'copy':
      await vscode.env.clipboard.writeText(endpoint);
      break;
    case 'open':
      await vscode.commands.executeCommand('kafkaRest.openMessages', { cluster: name });
      break;
    case 'log':
      await vscode.commands.executeCommand('kafkaRest.showLog');
      break;
    case 'samples':
    case 'empty':
      if (await stopEmulator(emulator)) await emulator.start({ samples: choice === 'samples' });
      break;
    case 'stop':
      await stopEmulator(emulator);
      break;
    case back:
    case undefined:
      break;
  }
}

/**
 * Stops the emulator. Asks first if it holds anything that the person produced. Returns whether it
 * has stopped.
 */
export async function stopEmulator(emulator: EmulatorService): Promise<boolean> {
  const t = vscode.l10n.t;
  const { running } = emulator;
  if (running?.isWritten()) {
    const sure = await confirm(
      'warning',
      t('Stop the emulator?'),
      t('It keeps its messages in memory only. What you have produced to it is lost.'),
      t('Stop'),
    );
    if (!sure) return false;
  }
  await emulator.stop();
  return true;
}

function choicesFor({ definition, totals }: RunningEmulator): readonly Choice<MenuChoice>[] {
  const t = vscode.l10n.t;
  const row = (
    choice: MenuChoice,
    icon: string,
    look: Omit<Choice<MenuChoice>, 'choice' | 'iconPath'>,
  ): Choice<MenuChoice> => ({ ...look, iconPath: new vscode.ThemeIcon(icon), choice });
  const lost = t('What you have produced to it is lost.');
  return [
    row('open', 'output', { label: t('Open Messages...') }),
    row('copy', 'copy', { label: t('Copy Endpoint'), description: definition.endpoint }),
    row('log', 'list-unordered', { label: t('Show Log') }),
    ...(totals
      ? [
          row('samples', 'refresh', { label: t('Restart with the Sample Topics'), detail: lost }),
          row('empty', 'clear-all', { label: t('Restart Empty'), detail: lost }),
          row('stop', 'debug-stop', { label: t('Stop Emulator'), detail: lost }),
        ]
      : [
          row('stop', 'debug-disconnect', {
            label: t('Hide'),
            detail: t('It runs in another process and goes on there.'),
          }),
        ]),
  ];
}

/** Says where it runs, and what it holds if that is known. */
function describe({ definition: { endpoint }, totals }: RunningEmulator): string {
  const t = vscode.l10n.t;
  if (!totals) return t('The emulator runs at {0}', endpoint);
  const held = totals();
  return t(
    'The emulator runs at {0}, with {1} and {2}',
    endpoint,
    topics(held.topics),
    messages(held.records),
  );
}
