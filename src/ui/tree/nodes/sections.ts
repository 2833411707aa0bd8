import type { Capabilities } from '../../../core/kafka';
import { BrokersNode } from './brokers';
import { GroupsNode } from './groups/groups';
import { SubjectsNode } from './schemas/subjects';
import { TopicsNode } from './topics';
import type { TreeNode } from './treeNode';

interface Offered extends Capabilities {
  readonly hasRegistry: boolean;
}

interface Section {
  readonly node: new (parent: string, cluster: string) => TreeNode;
  /** Whether the cluster has anything to show there. */
  readonly isOffered: (offered: Offered) => boolean;
}

/** The sections below each cluster, in this order. Add a line here for a new section. */
const sections: readonly Section[] = [
  { node: BrokersNode, isOffered: ({ brokers }) => brokers },
  { node: TopicsNode, isOffered: () => true },
  { node: GroupsNode, isOffered: ({ groups }) => groups },
  { node: SubjectsNode, isOffered: ({ hasRegistry }) => hasRegistry },
];

/** Returns the nodes below a cluster. */
export function sectionsOf(parent: string, cluster: string, offered: Offered): TreeNode[] {
  return sections
    .filter(({ isOffered }) => isOffered(offered))
    .map(({ node: Node }) => new Node(parent, cluster));
}
