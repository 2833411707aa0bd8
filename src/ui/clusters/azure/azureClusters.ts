import * as vscode from 'vscode';
import { conditionOf, type FoundCluster } from '../../../azure/foundCluster';
import type { Management, Named } from '../../../azure/management';
import { openLimiter } from '../../../core/async/limiter';
import { sentences } from '../../words/sentences';
import type { Choice } from '../../dialogs/questions';
import { explainAzure } from './azureAccess';

/** A cluster whose REST proxy has an address. */
export type ReachableCluster = FoundCluster & { readonly endpoint: string };

/** What was found in a subscription. */
type Found =
  { readonly clusters: readonly FoundCluster[] } | { readonly error: unknown } | undefined;

/** How many subscriptions are read at once. Azure limits what one person may ask for. */
const AT_ONCE = 4;

/**
 * Lists the clusters of some subscriptions as choices, and shows meanwhile what is found so far. A
 * subscription that cannot be read has a row that says why. Rejects only as the signal aborts.
 */
export async function clusterChoices(
  management: Management,
  subscriptions: readonly Named[],
  signal: AbortSignal,
  show: (choices: readonly Choice<ReachableCluster>[]) => void,
): Promise<readonly Choice<ReachableCluster>[]> {
  const limit = openLimiter(AT_ONCE);
  const found = new Map<Named, Found>();
  const rows = () => subscriptions.flatMap((each) => rowsFor(each, found.get(each)));
  await Promise.all(
    subscriptions.map((subscription) =>
      limit(async () => {
        signal.throwIfAborted();
        found.set(subscription, await clustersIn(management, subscription, signal));
        show(rows());
      }),
    ),
  );
  const all = rows();
  return all.length > 0 ? all : [nothingIn(subscriptions.length)];
}

async function clustersIn(
  management: Management,
  { id }: Named,
  signal: AbortSignal,
): Promise<Found> {
  try {
    return { clusters: await management.clusters(id, signal) };
  } catch (error) {
    signal.throwIfAborted();
    return { error };
  }
}

function rowsFor({ name }: Named, found: Found): readonly Choice<ReachableCluster>[] {
  const t = vscode.l10n.t;
  if (!found) return [];
  const heading = { label: name, kind: vscode.QuickPickItemKind.Separator };
  if ('clusters' in found) {
    return found.clusters.length === 0 ? [] : [heading, ...found.clusters.map(clusterRow)];
  }
  const { reason, advice } = explainAzure(found.error);
  const row = {
    label: t('{0} cannot be listed: {1}', name, reason),
    detail: sentences(advice),
    iconPath: new vscode.ThemeIcon('warning'),
  };
  return [heading, row];
}

function clusterRow(cluster: FoundCluster): Choice<ReachableCluster> {
  const t = vscode.l10n.t;
  const { name, location, state, group, endpoint } = cluster;
  const row = { label: name, description: [location, state].filter(Boolean).join(' · ') };
  if (endpoint === undefined) {
    return {
      ...row,
      detail: t('It has no REST proxy: it was created without “Enable Kafka REST proxy”.'),
      iconPath: new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('disabledForeground')),
    };
  }
  const { host } = new URL(endpoint);
  const isRunning = conditionOf(cluster) === 'running';
  const members = group === undefined ? host : t('{0}, for members of {1}', host, group);
  return {
    ...row,
    detail: isRunning ? members : t('{0}. It is not running, so it may not respond.', members),
    iconPath: new vscode.ThemeIcon(isRunning ? 'server-environment' : 'warning'),
    choice: { ...cluster, endpoint },
  };
}

function nothingIn(subscriptions: number): Choice<ReachableCluster> {
  const t = vscode.l10n.t;
  return {
    label: t('There is no HDInsight cluster with Kafka here'),
    detail: t('Subscriptions searched: {0}', subscriptions),
    iconPath: new vscode.ThemeIcon('info'),
  };
}
