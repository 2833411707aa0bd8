import * as vscode from 'vscode';
import type { ClusterDefinition } from '../../../core/cluster/definition';
import { clusterUri } from '../../clusters/clusterUri';
import { markColor, marksOf, sentencesOf, wordsOf } from '../../words/clusterMarks';
import { Menu } from './menu';
import { sectionsOf } from './sections';
import { idBelow, type NodeItem, TreeNode, type TreeSources } from './treeNode';

const menu = new Menu(
  [
    'createTopic',
    'newKafkaFile',
    'testCluster',
    'editCluster',
    'replaceSecret',
    'protectCluster',
    'refresh',
    'copyName',
    'removeCluster',
  ],
  ['refresh'],
);

/** The id of a cluster's node. */
export function clusterId(cluster: string): string {
  return idBelow('cluster', cluster);
}

/** A cluster of the settings. */
export class ClusterNode extends TreeNode {
  readonly kind: string = 'cluster';
  override readonly menu: Menu = menu;

  constructor(
    override readonly cluster: string,
    readonly host: string,
  ) {
    super(undefined, cluster);
  }

  get id(): string {
    return clusterId(this.cluster);
  }

  get name(): string {
    return this.cluster;
  }

  item(definition?: ClusterDefinition): NodeItem {
    const { cluster: label, host } = this;
    const marks = definition ? marksOf(definition) : [];
    if (!definition || marks.length === 0) {
      return { label, icon: 'server-environment', description: host };
    }
    const isUnencrypted = marks.some(({ kind }) => kind === 'unencrypted');
    return {
      label,
      icon: new vscode.ThemeIcon(isUnencrypted ? 'warning' : 'server-environment', markColor),
      description: `${wordsOf(marks)} · ${host}`,
      tooltip: `${definition.endpoint}\n${sentencesOf(marks)}`,
      resourceUri: clusterUri(label),
    };
  }

  override children({ connections }: TreeSources): Promise<readonly TreeNode[]> {
    const { id, cluster } = this;
    return Promise.resolve(sectionsOf(id, cluster, connections.proxy(cluster)));
  }
}
