import * as vscode from 'vscode';
import { boolean, fallback, lenient, object, type Read } from '../../core/schema';
import { toTarget } from '../clusters/pick';
import { refuseReadOnly } from '../clusters/guard';
import { mapAnswer } from '../dialogs/wizard';
import { type GivenSelection, toGivenSelection } from '../messages/givenSelection';
import { askSelection, emptySelection } from '../messages/selectionPage';
import { type GivenTopics, toGivenTopics } from '../targets/givenTopics';
import { onBad } from './askOnBad';
import { askTarget } from './askTarget';
import { loadCopyFacts } from './copyFacts';
import { schemaIds } from './copyIds';
import { copyGo, copyRows, type CopyDraft } from './copyPage';
import type { BulkServices } from './runs/bulkServices';

const copyFields = object({
  to: toTarget,
  keepPartitions: lenient(boolean),
  onBad: lenient(onBad),
  schemaIds: lenient(schemaIds),
  /** Whether to show the page before the copy begins. */
  confirm: fallback(boolean, true),
});

/** The arguments of the command: what to copy, the target, and the options. */
export type GivenCopy = Read<typeof copyFields> & {
  readonly from: GivenSelection;
  /** Given instead of a topic in `from` if there are several. */
  readonly topics?: GivenTopics;
};

/** Reads the arguments: the members of a selection, and `to`, which names the target. */
export function toGivenCopy(argument: unknown): GivenCopy {
  const given = copyFields(argument) ?? { to: {}, confirm: true };
  const topics = toGivenTopics(argument);
  return { ...given, from: toGivenSelection(argument), ...(topics && { topics }) };
}

/**
 * Asks for the topics that are neither given nor likely, and then on one page what to copy and how.
 * The page does not show if everything is given and `confirm` is false.
 */
export async function askCopy(
  services: BulkServices,
  { from, to, keepPartitions, onBad, schemaIds: ids, confirm }: GivenCopy,
): Promise<CopyDraft> {
  const { connections, targets } = services;
  if (to.cluster !== undefined) refuseReadOnly(connections.clusters.require(to.cluster).definition);
  const initial: CopyDraft = {
    ...emptySelection(),
    to: { cluster: to.cluster ?? '', topic: to.topic ?? '' },
    keepPartitions: keepPartitions ?? false,
    onBad: onBad ?? 'stop',
    schemaIds: ids ?? 'keep',
  };
  const isGiven = to.cluster !== undefined && to.topic !== undefined;
  return askSelection<CopyDraft>(services, from, initial, {
    title: vscode.l10n.t('Copy Messages'),
    always: confirm || keepPartitions === undefined || onBad === undefined,
    steps: [
      {
        skip: () => isGiven,
        ask: async (state, context) => {
          const { cluster, topic } = state;
          const answer = await askTarget(context, connections, targets, {
            placeholder: vscode.l10n.t('Copy messages of {0} to which topic?', topic),
            ability: 'produce',
            active: state.to.topic === '' ? undefined : state.to,
            cluster: to.cluster,
            except: { cluster, topic },
          });
          return mapAnswer(answer, (target) => ({ to: target }));
        },
      },
    ],
    go: (state) => copyGo(connections, state),
    rows: (state) => copyRows(services, state),
    load: (state, signal) => loadCopyFacts(connections, state, signal),
  });
}
