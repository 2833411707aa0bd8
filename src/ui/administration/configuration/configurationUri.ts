import * as vscode from 'vscode';
import { escaped, unescaped } from '../../base/uriNames';

export const CONFIGURATION_SCHEME = 'kafkaRest-configuration';

/** The ending of the names of configurations, by which VS Code knows their language. */
const ENDING = '.kafka-properties';
/** The query of what stands on the cluster, which the diff shows beside the edited text. */
const ON_CLUSTER = 'cluster';

/** A topic whose configuration a document holds. */
export interface ConfiguredTopic {
  readonly cluster: string;
  readonly topic: string;
}

export function configurationUri({ cluster, topic }: ConfiguredTopic): vscode.Uri {
  const path = `/${escaped(cluster)}/${escaped(topic)}${ENDING}`;
  return vscode.Uri.from({ scheme: CONFIGURATION_SCHEME, path });
}

/** Returns the address of the configuration as it is on the cluster, which cannot be edited. */
export function onCluster(uri: vscode.Uri): vscode.Uri {
  return uri.with({ query: ON_CLUSTER });
}

export function isOnCluster({ query }: vscode.Uri): boolean {
  return query === ON_CLUSTER;
}

/** Returns the topic of a configuration; `undefined` for another address. */
export function configuredTopic({ scheme, path }: vscode.Uri): ConfiguredTopic | undefined {
  const [, cluster, name, more] = path.split('/');
  if (scheme !== CONFIGURATION_SCHEME || more !== undefined || !cluster) return undefined;
  if (name === undefined || !name.endsWith(ENDING)) return undefined;
  return { cluster: unescaped(cluster), topic: unescaped(name.slice(0, -ENDING.length)) };
}
