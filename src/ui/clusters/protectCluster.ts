import * as vscode from 'vscode';
import {
  type ClusterDefinition,
  type Protection,
  protections,
} from '../../core/cluster/definition';
import { literal, object } from '../../core/schema';
import type { ClusterStore } from './clusters';
import { askName } from './guard';
import { chooseOwnCluster } from './manageClusters';
import type { Target } from './pick';
import { type Answer, askPick, back, onlyStep, type StepContext } from '../dialogs/wizard';

const protectionFields = object({ protection: literal(...protections) });

/** Reads the protection from the argument of a command, if it is given there. */
export function givenProtection(argument: unknown): Protection | undefined {
  return protectionFields(argument)?.protection;
}

/** Changes the protection of a cluster to what is given, or picked. Lowering it asks for its name. */
export async function protectCluster(
  clusters: ClusterStore,
  target: Target,
  given: Protection | undefined,
): Promise<void> {
  const t = vscode.l10n.t;
  const { definition } = await chooseOwnCluster(clusters, target);
  const { name } = definition;
  const context = onlyStep(t('Protect {0}', name));
  const protection = given ?? (await askProtection(context, definition.protection));
  if (protection === undefined || protection === back) throw new vscode.CancellationError();
  await confirmLowering(definition, protection);
  await clusters.protect(name, protection);
}

/** Asks how a cluster is to be protected; `current` is chosen at first. */
export function askProtection(
  context: StepContext,
  current: Protection,
): Promise<Answer<Protection>> {
  return askPick<Protection>(context, {
    placeholder: vscode.l10n.t('How is the cluster guarded against writing by mistake?'),
    choices: protections.map((protection) => ({
      ...describeProtection(protection),
      choice: protection,
    })),
    active: (protection) => protection === current,
  });
}

/** Has the name of the cluster typed if the protection would be weaker than the one it has. */
export async function confirmLowering(
  { name, protection: before }: ClusterDefinition,
  after: Protection,
): Promise<void> {
  if (protections.indexOf(after) >= protections.indexOf(before)) return;
  const t = vscode.l10n.t;
  const { label } = describeProtection(after);
  await askName(
    name,
    t('Lower the Protection'),
    t('The protection of {0} becomes: {1}', name, label),
  );
}

/** A protection in a list. */
export function describeProtection(protection: Protection): vscode.QuickPickItem {
  const t = vscode.l10n.t;
  switch (protection) {
    case 'none':
      return {
        label: t('None'),
        detail: t('Messages are produced and topics created without a question.'),
        iconPath: new vscode.ThemeIcon('unlock'),
      };
    case 'production':
      return {
        label: t('Production'),
        detail: t('Whatever writes asks for the name of the cluster first.'),
        iconPath: new vscode.ThemeIcon('shield'),
      };
    case 'readOnly':
      return {
        label: t('Read-only'),
        detail: t('Nothing is written to the cluster.'),
        iconPath: new vscode.ThemeIcon('lock'),
      };
  }
}
