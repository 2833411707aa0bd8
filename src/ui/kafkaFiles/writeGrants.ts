import * as vscode from 'vscode';
import type { KafkaProxy } from '../../core/kafka';
import type { FileClusters, Located } from './blocks';
import type { Connections } from '../clusters/connections';

/**
 * Returns the proxy of a cluster that the person let a run write to; `undefined` if they were not
 * asked.
 */
export type WriteGrant = (cluster: string) => Promise<KafkaProxy> | undefined;

/**
 * Makes the write grants for a run of several blocks, so that the person is asked once for each
 * cluster: when its first block is about to be produced. A block that is the only one of its
 * cluster asks by itself, because it can say what it produces.
 */
export function writeGrantsFor(
  blocks: readonly Located[],
  connections: Connections,
  files: FileClusters,
): WriteGrant {
  const grants = new Map<string, Promise<KafkaProxy>>();
  return (cluster) => {
    const count = blocks.filter(
      (each) => each.block.kind === 'producer' && files.ofBlock(each) === cluster,
    ).length;
    if (count < 2) return undefined;
    const what = vscode.l10n.t('Produce the messages of {0} blocks on {1}', count, cluster);
    const grant = grants.get(cluster) ?? connections.toWrite(cluster, what);
    grants.set(cluster, grant);
    return grant;
  };
}
