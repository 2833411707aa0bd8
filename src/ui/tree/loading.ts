import type * as vscode from 'vscode';
import type { NodeFacts } from './memory/nodeFacts';
import type { TreeNode, TreeSources } from './nodes/treeNode';

/**
 * Of how many topics the sizes, of groups the lags, and of subjects the schemas, are fetched
 * unasked. With more, a person expands or filters.
 */
const MAX_LOADED = 50;

/**
 * Returns those nodes of a list whose facts are fetched although nobody asked; none if they are
 * many. `probes` says that the REST proxy does not tell offsets, so that finding them is costly.
 */
export function loadedUnasked(
  nodes: readonly TreeNode[],
  probes: boolean | undefined,
): readonly TreeNode[] {
  const loaded = nodes.filter((node) => 'load' in node && !(probes && node.probes));
  return loaded.length <= MAX_LOADED ? loaded : [];
}

/**
 * Fetches what the tooltip of a node shows, unless it is known. Without these facts the tooltip says
 * what is known, so that this never rejects.
 */
export async function loadForTooltip(
  node: TreeNode,
  { partitions, group, schema, subject }: NodeFacts,
  sources: TreeSources,
  token: vscode.CancellationToken | undefined,
): Promise<void> {
  const known = node.loadDetails ? subject : (partitions ?? group ?? schema);
  if (known) return;
  const abort = new AbortController();
  token?.onCancellationRequested(() => {
    abort.abort();
  });
  const { signal } = abort;
  const loading = node.loadDetails?.(sources, signal) ?? node.load?.(sources, signal);
  await loading?.catch(() => undefined);
}
