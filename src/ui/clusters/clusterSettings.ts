import * as vscode from 'vscode';
import { type InvalidEntry, readClusters } from '../../core/cluster/settings';
import type { ClusterDefinition } from '../../core/cluster/definition';
import { definitionRules } from './definitionRules';

const { Global, Workspace } = vscode.ConfigurationTarget;

/** Reads the clusters of the settings, with the protection that the user's own settings require. */
export function readSetting(): {
  readonly definitions: readonly ClusterDefinition[];
  readonly invalid: readonly InvalidEntry[];
} {
  const { inForce, own, byWorkspace } = setting();
  return readClusters(inForce, definitionRules, byWorkspace ? (own ?? []) : undefined);
}

type Change = (entries: readonly unknown[]) => readonly unknown[];

/**
 * Changes the setting where it is defined: in the workspace if it is set there, otherwise in the
 * user's.
 */
export async function writeSetting(change: Change): Promise<void> {
  const { inForce, own, byWorkspace } = setting();
  if (byWorkspace) await write(Workspace, inForce, change);
  else await write(Global, own, change);
}

/**
 * Changes the user's own setting if another one is in force, for what a workspace may not decide.
 */
export async function writeOwnSetting(change: Change): Promise<void> {
  const { own, byWorkspace } = setting();
  if (byWorkspace) await write(Global, own, change);
}

/**
 * Returns the value in force, the user's own value, and whether the value in force is the
 * workspace's.
 */
function setting() {
  const configuration = vscode.workspace.getConfiguration('kafkaRest');
  const found = configuration.inspect<unknown>('clusters');
  const own = found?.globalValue;
  const byWorkspace = (found?.workspaceFolderValue ?? found?.workspaceValue) !== undefined;
  return { inForce: configuration.get<unknown>('clusters'), own, byWorkspace };
}

async function write(
  target: vscode.ConfigurationTarget,
  value: unknown,
  change: Change,
): Promise<void> {
  const entries = change(Array.isArray(value) ? value : []);
  await vscode.workspace.getConfiguration('kafkaRest').update('clusters', entries, target);
}
