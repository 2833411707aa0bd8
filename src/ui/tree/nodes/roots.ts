import * as vscode from 'vscode';
import type { ClusterStore } from '../../clusters/clusters';
import { fieldProblem } from '../../words/fieldProblem';
import { ClusterNode } from './cluster';
import { EmulatorNode, GatewayNode } from './emulator';
import { InvalidClusterNode } from './invalidCluster';
import { OfferedClusterNode } from './offeredCluster';
import type { TreeNode } from './treeNode';

const temporaryRoots = { emulator: EmulatorNode, gateway: GatewayNode } as const;

/** Returns the nodes of the clusters, and after them those that are not used or cannot be used. */
export function rootsOf(clusters: ClusterStore): readonly TreeNode[] {
  const valid = clusters.list().map(({ definition, temporary, place }) => {
    const Root = temporary ? temporaryRoots[temporary] : ClusterNode;
    return new Root(definition.name, new URL(definition.endpoint).host, place?.source);
  });
  const offered = clusters
    .offered()
    .map(({ definition, source, index }) => new OfferedClusterNode(definition, { source, index }));
  const invalid = clusters
    .invalid()
    .map(
      ({ source, index, name, field, problem }) =>
        new InvalidClusterNode(
          name ?? vscode.l10n.t('Cluster {0} of the settings', index + 1),
          `${field}: ${fieldProblem(problem)}`,
          { source, index },
        ),
    );
  return [...valid, ...offered, ...invalid];
}
