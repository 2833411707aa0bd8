import type * as vscode from 'vscode';
import type { Connections } from '../clusters/connections';
import type { Registries } from '../clusters/registry/registries';
import type { ClusterTree } from '../tree/clusterTree';

/** What the commands on schemas work with. */
export interface SchemaServices {
  readonly connections: Connections;
  readonly registries: Pick<
    Registries,
    'has' | 'registryOf' | 'ready' | 'refuseReadOnly' | 'toWrite'
  >;
  readonly tree: Pick<ClusterTree, 'refreshSubjects'>;
  readonly workspaceState: vscode.Memento;
}
