import * as vscode from 'vscode';
import type { ClusterDefinition } from '../../core/cluster/definition';
import {
  type ClusterSource,
  type Layer,
  readClusters,
  type ReadClusters,
} from '../../core/cluster/settings';
import { definitionRules } from './definitionRules';

const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;

export const ownSource: ClusterSource = { scope: 'user' };

/**
 * Reads the clusters of all settings, with the protection that the user's own ones require.
 * `isAgreed` tells which of those of a workspace the person has agreed to use.
 */
export function readSetting(isAgreed: (asWritten: ClusterDefinition) => boolean): ReadClusters {
  return readClusters(layers(), definitionRules, isAgreed);
}

/**
 * Returns the setting in every place where it may stand. Its value in force would not do: VS Code
 * takes the nearest list alone, so that a workspace would hide the clusters of the person.
 */
function layers(): readonly Layer[] {
  const found = inspect();
  const byFolder = foldersWithSettings().map((folder): Layer => {
    const value = inspect(folder)?.workspaceFolderValue;
    return { source: { scope: 'folder', folder: folder.toString() }, value };
  });
  return [
    { source: ownSource, value: ownSetting() },
    { source: { scope: 'workspace' }, value: found?.workspaceValue },
    ...byFolder,
  ];
}

/** The folders whose settings are not those of the workspace, because there are several folders. */
function foldersWithSettings(): readonly vscode.Uri[] {
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  return workspaceFile ? workspaceFolders.map(({ uri }) => uri) : [];
}

/** Returns the person's own setting, as it stands there. */
export function ownSetting(): unknown {
  const found = inspect();
  return found?.globalValue ?? found?.defaultValue;
}

function inspect(folder?: vscode.Uri) {
  return vscode.workspace.getConfiguration('kafkaRest', folder).inspect<unknown>('clusters');
}

/** Changes the entries of the setting in one place. */
export async function writeSetting(
  source: ClusterSource,
  change: (entries: readonly unknown[]) => readonly unknown[],
): Promise<void> {
  const folder = source.folder === undefined ? undefined : vscode.Uri.parse(source.folder);
  const { value } = layers().find((layer) => isSameSource(layer.source, source)) ?? {};
  const entries = change(Array.isArray(value) ? value : []);
  const target = { user: Global, workspace: Workspace, folder: WorkspaceFolder }[source.scope];
  await vscode.workspace
    .getConfiguration('kafkaRest', folder)
    .update('clusters', entries.length === 0 ? undefined : entries, target);
}

export function isSameSource(a: ClusterSource, b: ClusterSource): boolean {
  return a.scope === b.scope && a.folder === b.folder;
}
