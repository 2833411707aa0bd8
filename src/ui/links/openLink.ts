import * as vscode from 'vscode';
import { isSameEndpoint } from '../../core/cluster/settings';
import type { ReadRequest } from '../../core/read/request';
import { around, readLink, type ViewLink } from '../../core/read/viewLink';
import { oneLine } from '../../core/text/visible';
import { numberSetting } from '../base/settings';
import type { Cluster, ClusterStore } from '../clusters/clusters';
import { pickCluster } from '../clusters/pick';
import { choose } from '../dialogs/notify';
import { back, onlyStep } from '../dialogs/wizard';
import type { MessageOpener } from '../messages/openMessages';
import type { Viewers } from '../viewer/viewers';
import { nameWithMarks } from '../words/clusterMarks';
import { UserError } from '../words/report';
import { describeRequested, rangeNameOf } from './linkedRange';
import { unreadable } from './linkWords';

export interface LinkServices {
  readonly clusters: ClusterStore;
  readonly opener: MessageOpener;
  readonly viewers: Viewers;
}

/**
 * Opens what a link says, in a viewer. A link reads from a cluster that is known here, and does
 * nothing else. It asks first if the cluster is protected, or may be another one than is meant.
 */
export async function openLink(
  { path, query }: Pick<vscode.Uri, 'path' | 'query'>,
  { clusters, opener, viewers }: LinkServices,
): Promise<void> {
  if (path !== '/open') {
    throw new UserError(
      vscode.l10n.t('this kind of link is unknown here'),
      vscode.l10n.t('Update the extension, or copy the link again where it was made'),
    );
  }
  const link = readLink(query);
  if ('problem' in link) throw unreadable(link);
  const found = await clusterFor(link, clusters);
  const request = requestOf(link);
  await agreeTo(link, found, request);
  // The person may have taken their time.
  const { definition } = found;
  clusters.requireUnchanged(definition);
  const { topic, partitions, formats, filter, message } = link;
  const { name: cluster } = definition;
  if (!request) {
    await opener.view({ cluster, topic, ...(partitions && { partitions }) });
    return;
  }
  const view = { cluster, request, range: rangeNameOf(request), ...(formats && { formats }) };
  await viewers.open(view, { ...(filter && { filter }), ...(message && { message }) });
}

/** Returns what to read; `undefined` if the person is to choose. */
function requestOf({
  topic,
  partitions,
  request,
  filter,
  message,
}: ViewLink): ReadRequest | undefined {
  if (request) return request;
  if (message) return around(topic, message);
  if (filter === undefined) return undefined;
  const newest = numberSetting('consume.count');
  const from = { latestMinus: BigInt(newest) };
  return { topic, from, newest, ...(partitions && { partitions }) };
}

/**
 * Returns the cluster with the name and the address that the link says, or else with the address,
 * or else with the name. Asks if there are several. Throws if there is none, because a link adds
 * none.
 */
async function clusterFor(link: ViewLink, clusters: ClusterStore): Promise<Cluster> {
  const t = vscode.l10n.t;
  const { cluster = '' } = link;
  const all = clusters.list();
  const there = all.filter((each) => isThere(each, link));
  const named = all.filter(({ definition }) => definition.name === cluster);
  const both = there.filter((each) => named.includes(each));
  const found = [both, there, named].find(({ length }) => length > 0) ?? [];
  const [first, second] = found;
  if (!first) throw unknownCluster(link, clusters);
  if (!second) return first;
  const answer = await pickCluster(onlyStep(t('Open Link')), clusters, undefined, (name) =>
    found.some(({ definition }) => definition.name === name) ? undefined : t('not at this address'),
  );
  if (answer === undefined || answer === back) throw new vscode.CancellationError();
  return clusters.require(answer.cluster);
}

function isThere({ definition }: Cluster, { endpoint }: ViewLink): boolean {
  const isAddress = endpoint !== undefined && URL.canParse(endpoint);
  return isAddress && isSameEndpoint(definition.endpoint, endpoint);
}

function unknownCluster({ cluster, endpoint }: ViewLink, clusters: ClusterStore): unknown {
  const t = vscode.l10n.t;
  if (clusters.offered().some(({ definition }) => definition.name === cluster)) {
    return clusters.notFound(cluster ?? '');
  }
  const host = endpoint !== undefined && URL.canParse(endpoint) ? new URL(endpoint).host : endpoint;
  return new UserError(
    t(
      'the cluster of the link is not known here: {0}',
      [cluster, host].filter(Boolean).join(' · '),
    ),
    t('Add it with “Add Cluster”, and open the link again; a link adds nothing'),
    'addCluster',
  );
}

/** Says what will be opened, and asks whether to, where that may do harm. */
async function agreeTo(
  link: ViewLink,
  cluster: Cluster,
  request: ReadRequest | undefined,
): Promise<void> {
  const t = vscode.l10n.t;
  const { definition } = cluster;
  const { name, endpoint, protection } = definition;
  const isElsewhere = link.endpoint !== undefined && !isThere(cluster, link);
  if (protection === 'none' && !isElsewhere) return;
  const open = t('Open Messages');
  const lines = [
    t('Cluster: {0} at {1}', nameWithMarks(definition), new URL(endpoint).host),
    ...(request ? [t('Messages: {0}', describeRequested(request))] : []),
    ...(link.filter === undefined ? [] : [t('Filter: {0}', link.filter)]),
  ];
  const doubt = t('The link was made for another address: {0}', link.endpoint ?? '');
  const answer = await choose(
    'warning',
    t('Open messages of {0} on {1}, as a link asks?', link.topic, name),
    [lines.map(oneLine).join('\n'), ...(isElsewhere ? [oneLine(doubt)] : [])].join('\n\n'),
    [open],
  );
  if (answer !== open) throw new vscode.CancellationError();
}
