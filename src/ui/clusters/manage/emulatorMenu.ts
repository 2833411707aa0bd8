import * as vscode from 'vscode';
import { confirm } from '../../dialogs/notify';
import { askPick, type Choice } from '../../dialogs/questions';
import { back, onlyStep } from '../../dialogs/wizard';
import { messages, topics } from '../../words/counts';
import { UserError } from '../../words/report';
import { temporaryIcons } from '../clusters';
import type { EmulatorService, RunningEmulator } from '../emulator';

type MenuChoice = 'copy' | 'open' | 'log' | 'samples' | 'empty' | 'stop' | 'startOther' | 'gateway';

/**
 * Offers what can be done with an emulator or a gateway; asks which one if several run. Throws a
 * `UserError` if none does.
 */
export async function emulatorMenu(emulator: EmulatorService): Promise<void> {
  const running = await chooseRunning(emulator);
  const { name, endpoint } = running.definition;
  const choice = await askPick<MenuChoice>(onlyStep(name), {
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
      if (await stopOne(emulator, running)) {
        const { face } = running;
        await emulator.start({ ...(face && { face }), samples: choice === 'samples' });
      }
      break;
    case 'stop':
      await stopOne(emulator, running);
      break;
    case 'startOther':
      await vscode.commands.executeCommand('kafkaRest.startEmulatorOf');
      break;
    case 'gateway':
      await vscode.commands.executeCommand('kafkaRest.startGateway');
      break;
    case back:
    case undefined:
      break;
  }
}

/**
 * Stops the emulator whose cluster has the name, or the one that the person chooses if several run.
 * Asks first if it holds anything that the person produced. Does nothing if none runs.
 */
export async function stopEmulator(emulator: EmulatorService, name?: string): Promise<void> {
  const named = emulator.running.find(({ definition }) => definition.name === name);
  if (!named && emulator.running.length === 0) return;
  await stopOne(emulator, named ?? (await chooseRunning(emulator)));
}

/** Returns whether it has stopped. */
async function stopOne(emulator: EmulatorService, running: RunningEmulator): Promise<boolean> {
  const t = vscode.l10n.t;
  const { name } = running.definition;
  if (running.isWritten()) {
    const sure = await confirm(
      'warning',
      emulator.running.length > 1 ? t('Stop {0}?', name) : t('Stop the emulator?'),
      t('It keeps its messages in memory only. What you have produced to it is lost.'),
      t('Stop'),
    );
    if (!sure) return false;
  }
  await emulator.stop(name);
  return true;
}

/** Returns the only one that runs, or the one that the person chooses. */
async function chooseRunning({ running }: EmulatorService): Promise<RunningEmulator> {
  const t = vscode.l10n.t;
  const [first, second] = running;
  if (!first) {
    throw new UserError(
      t('the emulator is not running'),
      t('Start it with “Kafka REST: Start Emulator”'),
      'startEmulator',
    );
  }
  if (!second) return first;
  const answer = await askPick<RunningEmulator>(onlyStep(t('Kafka Emulator')), {
    placeholder: t('Which one?'),
    choices: running.map((each) => ({
      label: each.definition.name,
      description: new URL(each.definition.endpoint).host,
      iconPath: new vscode.ThemeIcon(temporaryIcons[each.brokers ? 'gateway' : 'emulator']),
      choice: each,
    })),
  });
  if (answer === undefined || answer === back) throw new vscode.CancellationError();
  return answer;
}

function choicesFor(running: RunningEmulator): readonly Choice<MenuChoice>[] {
  const t = vscode.l10n.t;
  const row = (
    choice: MenuChoice,
    icon: string,
    look: Omit<Choice<MenuChoice>, 'choice' | 'iconPath'>,
  ): Choice<MenuChoice> => ({ ...look, iconPath: new vscode.ThemeIcon(icon), choice });
  return [
    row('open', 'output', { label: t('Open Messages...') }),
    row('copy', 'copy', {
      label: t('Copy Endpoint'),
      description: running.definition.endpoint,
    }),
    row('log', 'list-unordered', { label: t('Show Log') }),
    ...endings(running).map(([choice, icon, look]) => row(choice, icon, look)),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    row('startOther', 'play', { label: t('Start Emulator of...') }),
    row('gateway', 'plug', { label: t('Start Gateway to Kafka...') }),
  ];
}

/** The rows that stop it or start it again, with what each of them means. */
function endings({
  totals,
  brokers,
}: RunningEmulator): readonly (readonly [
  MenuChoice,
  string,
  { readonly label: string; readonly detail: string },
])[] {
  const t = vscode.l10n.t;
  const lost = t('What you have produced to it is lost.');
  if (brokers) {
    const detail = t('The Kafka cluster goes on, and keeps its messages.');
    return [['stop', 'debug-stop', { label: t('Stop Gateway'), detail }]];
  }
  if (!totals) {
    const detail = t('It runs in another process and goes on there.');
    return [['stop', 'debug-disconnect', { label: t('Hide'), detail }]];
  }
  return [
    ['samples', 'refresh', { label: t('Restart with the Sample Topics'), detail: lost }],
    ['empty', 'clear-all', { label: t('Restart Empty'), detail: lost }],
    ['stop', 'debug-stop', { label: t('Stop Emulator'), detail: lost }],
  ];
}

/** Says where it runs, and what it holds if that is known. */
function describe({ definition: { endpoint }, totals, brokers }: RunningEmulator): string {
  const t = vscode.l10n.t;
  if (brokers) return t('The gateway to {0} runs at {1}', brokers.join(','), endpoint);
  if (!totals) return t('The emulator runs at {0}', endpoint);
  const held = totals();
  return t(
    'The emulator runs at {0}, with {1} and {2}',
    endpoint,
    topics(held.topics),
    messages(held.records),
  );
}
