import * as vscode from 'vscode';
import { lenient, object, string } from '../../../core/schema';
import { askPick } from '../../dialogs/questions';
import { back, onlyStep } from '../../dialogs/wizard';
import type { EmulatorKind, EmulatorService } from '../emulator';

const given = object({ face: lenient(string) });

/**
 * Starts an emulator of the kind of REST proxy that the argument of the command names, or that the
 * person chooses, with sample topics.
 */
export async function startEmulatorOf(emulator: EmulatorService, argument: unknown): Promise<void> {
  const kinds = await emulator.kinds();
  const wanted = given(argument)?.face;
  const kind = kinds.find(({ face }) => face === wanted) ?? (await chooseKind(emulator, kinds));
  await emulator.start(kind);
}

async function chooseKind(
  { running }: EmulatorService,
  kinds: readonly EmulatorKind[],
): Promise<EmulatorKind> {
  const t = vscode.l10n.t;
  const answer = await askPick<EmulatorKind>(onlyStep(t('Start Emulator')), {
    placeholder: t('Which kind of REST proxy? It starts with sample topics'),
    choices: kinds.map((kind) => ({
      label: kind.label,
      ...(kind.detail !== undefined && { detail: kind.detail }),
      ...(running.some(({ face }) => face === kind.face) && { description: t('running') }),
      iconPath: new vscode.ThemeIcon('beaker'),
      choice: kind,
    })),
  });
  if (answer === undefined || answer === back) throw new vscode.CancellationError();
  return answer;
}
