import { BrokersNode } from './brokers';
import { TopicsNode } from './topics';
import type { TreeNode } from './treeNode';

type Section = new (parent: string, cluster: string) => TreeNode;

/** What stands below each cluster, in this order. Another section gets a line here. */
export const sections: readonly Section[] = [BrokersNode, TopicsNode];
