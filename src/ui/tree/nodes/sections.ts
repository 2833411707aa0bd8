import type { Capabilities } from '../../../core/kafka';
import { BrokersNode } from './brokers';
import { GroupsNode } from './groups/groups';
import { TopicsNode } from './topics';
import type { TreeNode } from './treeNode';

interface Section {
  readonly node: new (parent: string, cluster: string) => TreeNode;
  /** Whether the REST proxy of the cluster has anything to show there. */
  readonly isOffered: (capabilities: Capabilities) => boolean;
}

/** The sections below each cluster, in this order. Add a line here for a new section. */
const sections: readonly Section[] = [
  { node: BrokersNode, isOffered: ({ brokers }) => brokers },
  { node: TopicsNode, isOffered: () => true },
  { node: GroupsNode, isOffered: ({ groups }) => groups },
];

/** Returns the nodes below a cluster. */
export function sectionsOf(
  parent: string,
  cluster: string,
  capabilities: Capabilities,
): TreeNode[] {
  return sections
    .filter(({ isOffered }) => isOffered(capabilities))
    .map(({ node: Node }) => new Node(parent, cluster));
}
