import type { TreeNode } from './nodes/treeNode';

/**
 * The nodes that were listed, by their ids. VS Code identifies a node by its object, so the same
 * node must stay the same object.
 */
export class NodeMap {
  readonly #nodes = new Map<string, TreeNode>();

  get(id: string | undefined): TreeNode | undefined {
    return id === undefined ? undefined : this.#nodes.get(id);
  }

  /** Returns the nodes whose children depend on filter, pins and hidden topics. */
  filtered(): readonly TreeNode[] {
    return [...this.#nodes.values()].filter(({ isFiltered }) => isFiltered);
  }

  /** Forgets all nodes except these roots and what is below them. */
  keepBelow(roots: readonly TreeNode[]): void {
    const kept = roots.map(({ id }) => id);
    for (const id of this.#nodes.keys()) {
      const stays = kept.some((root) => id === root || id.startsWith(`${root}/`));
      if (!stays) this.#nodes.delete(id);
    }
  }

  /** Remembers nodes, and returns the old object of each that has not changed. */
  intern(nodes: readonly TreeNode[]): TreeNode[] {
    // Settings and servers may list a name twice, and VS Code would then show nothing at all.
    const unique = new Map(nodes.map((node) => [node.id, node]));
    return [...unique].map(([id, node]) => {
      const known = this.#nodes.get(id);
      if (known && isSame(known, node)) return known;
      this.#nodes.set(id, node);
      return node;
    });
  }
}

/** Returns whether two nodes hold the same values. */
function isSame(a: TreeNode, b: TreeNode): boolean {
  if (a.kind !== b.kind) return false;
  for (const name in b) if (Reflect.get(a, name) !== Reflect.get(b, name)) return false;
  return true;
}
