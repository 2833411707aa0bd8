import * as vscode from 'vscode';
import type { ReadRequest } from '../../core/read/request';
import {
  around,
  isRelative,
  type MessagePlace,
  readLink,
  type ViewLink,
  writeLink,
} from '../../core/read/viewLink';
import type { View } from '../../core/read/view';
import { numberSetting } from '../base/settings';
import type { ClusterStore } from '../clusters/clusters';
import { toTarget } from '../clusters/pick';
import { showResult } from '../dialogs/result';
import { activeMessages, messageAt, type MessageDocuments } from '../messages/messageDocuments';
import { nodesOf } from '../tree/commands/together';
import type { Viewers } from '../viewer/viewers';
import { UserError } from '../words/report';

/** The address of the extension, of which VS Code sends links to `UriHandler`. */
const EXTENSION = 'kafka-rest-explorer.kafka-rest-explorer';

export interface CopyServices {
  readonly clusters: ClusterStore;
  readonly documents: MessageDocuments;
  readonly viewers: Viewers;
}

/**
 * Copies a link to what a command was called on: topics or partitions of the tree, or else what the
 * active document or viewer shows, with the message that is selected there.
 */
export async function copyLink(
  argument: unknown,
  selected: unknown,
  services: CopyServices,
): Promise<void> {
  const nodes = nodesOf(argument, selected);
  const links =
    nodes.length > 0 ? nodes.flatMap((node) => linkTo(node) ?? []) : [shown(argument, services)];
  const addresses = links.map((link) => addressOf(withEndpoint(link, services.clusters)));
  if (addresses.length === 0) throw nothingToLinkTo();
  await vscode.env.clipboard.writeText(addresses.join('\n'));
  showResult(
    addresses.length > 1
      ? vscode.l10n.t('Copied {0} links.', addresses.length)
      : vscode.l10n.t('Copied the link.'),
  );
}

/** Returns a link to a topic or a partition. */
function linkTo(argument: unknown): ViewLink | undefined {
  const { cluster, topic, partition } = toTarget(argument);
  if (cluster === undefined || topic === undefined) return undefined;
  return { cluster, topic, ...(partition !== undefined && { partitions: [partition] }) };
}

/** Returns a link to what is shown. */
function shown(argument: unknown, { documents, viewers }: CopyServices): ViewLink {
  const { active } = viewers;
  const uri = active ? undefined : activeMessages(argument);
  const document = uri && documents.get(uri);
  if (document) {
    const editor = vscode.window.activeTextEditor;
    const isActive = editor?.document.uri.toString() === uri.toString();
    const message = isActive && messageAt(document, editor.document, editor.selection.active.line);
    return linkToView(document.origin, message ? message.raw : undefined);
  }
  const given = linkTo(argument);
  if (given) return given;
  if (!active) throw nothingToLinkTo();
  const { definition, selected } = active;
  return { ...linkToView(definition, selected[0]?.raw), filter: definition.filter };
}

function linkToView(
  { cluster, request, formats }: View,
  message: MessagePlace | undefined,
): ViewLink {
  const { topic } = request;
  const place = message && { partition: message.partition, offset: message.offset };
  return {
    cluster,
    topic,
    request: place && isRelative(request) ? around(topic, place) : withSomething(request),
    ...(formats && { formats }),
    ...(place && { message: place }),
  };
}

/** Returns the request; for one that is only followed, that for the latest messages. */
function withSomething(request: ReadRequest): ReadRequest {
  if (!('latestMinus' in request.from) || request.newest !== undefined) return request;
  const newest = numberSetting('consume.count');
  return { ...request, from: { latestMinus: BigInt(newest) }, newest };
}

function withEndpoint(link: ViewLink, clusters: ClusterStore): ViewLink {
  const { endpoint } = clusters.require(link.cluster ?? '').definition;
  return { ...link, endpoint };
}

/**
 * Returns the whole address. It is not made with `asExternalUri`, which names this window and, in a
 * browser, works only once: a link is for other people and other days.
 */
function addressOf(link: ViewLink): string {
  const query = writeLink(link);
  const read = readLink(decodeURIComponent(query));
  if (!('problem' in read)) return `${vscode.env.uriScheme}://${EXTENSION}/open?${query}`;
  throw new UserError(
    read.problem === 'too-long'
      ? vscode.l10n.t('a link cannot hold so much')
      : vscode.l10n.t('a link cannot hold this: {0}', read.member),
    vscode.l10n.t('Shorten the filter, or copy a link to the topic'),
  );
}

function nothingToLinkTo(): UserError {
  return new UserError(
    vscode.l10n.t('there is nothing to link to'),
    vscode.l10n.t('Select a topic in the sidebar, or open its messages'),
  );
}
