import * as vscode from 'vscode';
import { signInRules } from '../../auth/methods/registry';
import { type InvalidEntry, readClusters } from '../../core/cluster/settings';
import type { ClusterDefinition } from '../../core/cluster/definition';

const { Global, Workspace } = vscode.ConfigurationTarget;

/** The clusters of the settings, guarded as the user's own settings want them. */
export function readSetting(): {
  readonly definitions: readonly ClusterDefinition[];
  readonly invalid: readonly InvalidEntry[];
} {
  const { inForce, own, byWorkspace } = setting();
  return readClusters(inForce, signInRules, byWorkspace ? (own ?? []) : undefined);
}

type Change = (entries: readonly unknown[]) => readonly unknown[];

/** Changes the setting where it is defined: in the workspace if it stands there, else the user's. */
export async function writeSetting(change: Change): Promise<void> {
  const { inForce, own, byWorkspace } = setting();
  if (byWorkspace) await write(Workspace, inForce, change);
  else await write(Global, own, change);
}

/** Changes the user's own setting where it is not the one in force, for what a workspace cannot say. */
export async function writeOwnSetting(change: Change): Promise<void> {
  const { own, byWorkspace } = setting();
  if (byWorkspace) await write(Global, own, change);
}

/** The value in force, the user's own, and whether the former is that of the workspace. */
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
