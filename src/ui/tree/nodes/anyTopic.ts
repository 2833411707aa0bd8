import { idBelow, TreeNode } from './treeNode';

/** A topic, whether the proxy lists it yet or not. Its id stays the same when it is listed. */
export abstract class AnyTopicNode extends TreeNode {
  constructor(
    override readonly parent: string,
    override readonly cluster: string,
    readonly topic: string,
  ) {
    super(parent, cluster);
  }

  get id(): string {
    return idBelow(this.parent, this.topic);
  }

  get name(): string {
    return this.topic;
  }
}
