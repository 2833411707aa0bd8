import * as vscode from 'vscode';

/** The scheme of `clusterUri`. */
export const CLUSTER_SCHEME = 'kafkaRest-cluster';

/** Returns the URI through which a cluster in the tree gets its colour and badge. */
export function clusterUri(cluster: string): vscode.Uri {
  return vscode.Uri.from({ scheme: CLUSTER_SCHEME, path: `/${encodeURIComponent(cluster)}` });
}
