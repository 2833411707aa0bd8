import * as vscode from 'vscode';
import { registryOwner } from '../../../auth/secretStore';
import {
  type ClusterDefinition,
  type Protection,
  protections,
} from '../../../core/cluster/definition';
import { literal, object } from '../../../core/schema';
import type { ClusterStore } from '../clusters';
import { askName } from '../guard';
import { ownerName } from '../secrets';
import { chooseOwnCluster } from './manageClusters';
import type { Target } from '../pick';
import { askPick } from '../../dialogs/questions';
import { type Answer, back, onlyStep, type StepContext } from '../../dialogs/wizard';

const protectionFields = object({ protection: literal(...protections) });

/** Returns the protection in the argument of a command, if it has one. */
export function givenProtection(argument: unknown): Protection | undefined {
  return protectionFields(argument)?.protection;
}

/** Sets the protection of a cluster to the given or picked one. Lowering it asks for the name. */
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
  await confirmLowering(clusters, definition, protection);
  await clusters.protect(name, protection);
}

/** Asks how to protect a cluster or its schema registry; `current` is selected at first. */
export function askProtection(
  context: StepContext,
  current: Protection,
  isRegistry = false,
): Promise<Answer<Protection>> {
  const t = vscode.l10n.t;
  return askPick<Protection>(context, {
    placeholder: isRegistry
      ? t('How is the schema registry guarded against registering by mistake?')
      : t('How is the cluster guarded against writing by mistake?'),
    choices: protections.map((protection) => ({
      ...describeProtection(protection),
      ...(isRegistry && { detail: registryDetail(protection) }),
      choice: protection,
    })),
    active: (protection) => protection === current,
  });
}

/**
 * Asks the person to type the name of the cluster if the new protection is weaker. Throws a
 * `UserError` if the definition has been changed, so that it would be compared with an older one.
 */
export async function confirmLowering(
  clusters: ClusterStore,
  definition: ClusterDefinition,
  after: Protection,
): Promise<void> {
  clusters.requireUnchanged(definition);
  const { name, protection } = definition;
  if (await isLoweringAgreed(name, name, protection, after)) clusters.requireUnchanged(definition);
}

/** As `confirmLowering`, for the schema registry of a cluster, if it has one before and after. */
export async function confirmLoweringOfRegistry(
  clusters: ClusterStore,
  definition: ClusterDefinition,
  after: Protection | undefined,
): Promise<void> {
  const owner = registryOwner(definition);
  const { name, schemaRegistry } = definition;
  if (!owner || !schemaRegistry || after === undefined) return;
  const { protection } = schemaRegistry;
  const isAsked = await isLoweringAgreed(name, ownerName(owner), protection, after);
  if (isAsked) clusters.requireUnchanged(definition);
}

/** Returns whether it has asked, because the new protection is weaker. Throws if it is refused. */
async function isLoweringAgreed(
  cluster: string,
  what: string,
  before: Protection,
  after: Protection,
): Promise<boolean> {
  if (protections.indexOf(after) >= protections.indexOf(before)) return false;
  const t = vscode.l10n.t;
  const { label } = describeProtection(after);
  await askName(
    cluster,
    t('Lower the Protection'),
    t('The protection of {0} becomes: {1}', what, label),
  );
  return true;
}

function registryDetail(protection: Protection): string {
  const t = vscode.l10n.t;
  switch (protection) {
    case 'none':
      return t('Schemas are registered without a question.');
    case 'production':
      return t('Registering a schema asks for the name of the cluster first.');
    case 'readOnly':
      return t('No schema is registered.');
  }
}

/** Returns a protection as an item of a list. */
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
        detail: t('Every command that writes asks for the name of the cluster first.'),
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
