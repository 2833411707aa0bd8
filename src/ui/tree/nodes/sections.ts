import type { ReadingProxy } from '../../../core/kafka';
import { BrokersNode } from './brokers';
import { TopicsNode } from './topics';
import type { TreeNode } from './treeNode';

interface Section {
  readonly node: new (parent: string, cluster: string) => TreeNode;
  /** Whether the REST proxy of the cluster has anything to show there. */
  readonly isOffered: (proxy: ReadingProxy) => boolean;
}

/** What stands below each cluster, in this order. Another section gets a line here. */
const sections: readonly Section[] = [
  { node: BrokersNode, isOffered: ({ capabilities }) => capabilities.brokers },
  { node: TopicsNode, isOffered: () => true },
];

/** The nodes below that of a cluster. */
export function sectionsOf(parent: string, cluster: string, proxy: ReadingProxy): TreeNode[] {
  return sections
    .filter(({ isOffered }) => isOffered(proxy))
    .map(({ node: Node }) => new Node(parent, cluster));
}
