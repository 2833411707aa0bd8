import * as vscode from 'vscode';
import type { KafkaProxy } from '../../core/kafka';
import type { FileClusters, Located } from './blocks';
import type { ClusterStore } from '../clusters/clusters';

/** Gives the way to a cluster that a run was permitted to write to; nothing if it was not asked for. */
export type WriteGrant = (cluster: string) => Promise<KafkaProxy> | undefined;

/**
 * Permits for a run of several blocks, so that the person is asked once for each cluster: when the
 * first block of it is to be produced. A block that is the only one of its cluster is left to ask by
 * itself, for it can say what it produces.
 */
export function writeGrantsFor(
  blocks: readonly Located[],
  clusters: ClusterStore,
  files: FileClusters,
): WriteGrant {
  const permits = new Map<string, Promise<KafkaProxy>>();
  return (cluster) => {
    const count = blocks.filter(
      (each) => each.block.kind === 'producer' && files.ofBlock(each) === cluster,
    ).length;
    if (count < 2) return undefined;
    const what = vscode.l10n.t('Produce the messages of {0} blocks on {1}', count, cluster);
    const permit = permits.get(cluster) ?? clusters.toWrite(cluster, what);
    permits.set(cluster, permit);
    return permit;
  };
}
