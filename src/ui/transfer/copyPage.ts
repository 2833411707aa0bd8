import * as vscode from 'vscode';
import type { Connections } from '../clusters/connections';
import type { GoRow, PageHeading, PageRow } from '../dialogs/page';
import { askPick, type Choice } from '../dialogs/questions';
import { type Answer, mapAnswer, type StepContext } from '../dialogs/wizard';
import { describePartitions, describeRange } from '../messages/selectionWords';
import type { TopicTarget } from '../targets/targets';
import { markWordsOf } from '../words/clusterMarks';
import { messages, partitions } from '../words/counts';
import { UserError } from '../words/report';
import { sentences } from '../words/sentences';
import { askOnBad, type OnBad } from './askOnBad';
import { askTarget } from './askTarget';
import { copyFactsOf, type WithCopyFacts } from './copyFacts';
import { haveTwoRegistries, type SchemaIds, schemaIdsRow } from './copyIds';
import { capitalised } from './layout/messageItem';
import { lossesOf } from './losses';
import type { BulkServices } from './runs/bulkServices';

/** How messages are copied. */
export interface CopyOptions {
  /** Whether each message goes to the partition that it comes from; else its key decides. */
  readonly keepPartitions: boolean;
  readonly onBad: OnBad;
  /** Which ids messages with a schema get. */
  readonly schemaIds: SchemaIds;
}

/** A copy while a person settles it: what to copy, where to, and how. */
export interface CopyDraft extends WithCopyFacts, CopyOptions {}

/** Throws if the source and the target are the same topic, because that would not be a copy. */
export function refuseSameTopic(connections: Connections, draft: CopyDraft): void {
  if (!isSameTopic(connections, draft)) return;
  throw new UserError(
    vscode.l10n.t('{0} cannot be copied to itself', draft.topic),
    vscode.l10n.t('Choose another topic, or produce single messages again'),
  );
}

/** Returns whether the target of a copy is its source. */
export function isSameTopic(
  { clusters }: Connections,
  { cluster, topic, to }: TopicTarget & { readonly to: TopicTarget },
): boolean {
  const endpoint = (name: string) => clusters.require(name).definition.endpoint;
  return topic === to.topic && endpoint(cluster) === endpoint(to.cluster);
}

/** Returns what Enter does: "Copy the latest 100 messages of orders to archive on dev". */
export function copyGo(connections: Connections, draft: CopyDraft): GoRow {
  const t = vscode.l10n.t;
  const { topic, to } = draft;
  const target = connections.clusters.get(to.cluster);
  const marks = markWordsOf(target?.definition);
  return {
    label: t('Copy {0} of {1} to {2} on {3}', describeRange(draft), topic, to.topic, to.cluster),
    description: [describePartitions(draft), ...marks].join(' · '),
    iconPath: new vscode.ThemeIcon('copy'),
    detail: describeTotal(draft),
    refused: refusalOf(connections, draft),
  };
}

function describeTotal(draft: CopyDraft): string {
  const t = vscode.l10n.t;
  const facts = copyFactsOf(draft);
  if (!facts || facts.problem) return t('Counting…');
  return t('Up to {0}, fewer if the log has gaps', messages(facts.total));
}

function refusalOf(connections: Connections, draft: CopyDraft): string | undefined {
  const t = vscode.l10n.t;
  const { topic } = draft;
  if (isSameTopic(connections, draft)) return t('{0} cannot be copied to itself', topic);
  const facts = copyFactsOf(draft);
  if (!facts) return undefined;
  if (facts.problem) {
    const { reason, advice } = facts.problem;
    return sentences(capitalised(reason), advice);
  }
  if (facts.total === 0) return t('There is no message to copy');
  const notKept = draft.keepPartitions ? whyNotKept(draft) : undefined;
  return notKept && t('The partitions cannot be kept: {0}', notKept);
}

/** Says why messages cannot keep their partitions, if that is known. */
function whyNotKept(draft: CopyDraft): string | undefined {
  const facts = copyFactsOf(draft);
  if (!facts || facts.problem) return undefined;
  const { sources, targets } = facts;
  const read = draft.partitions === 'all' ? sources : draft.partitions;
  if (read.every((id) => targets.includes(id))) return undefined;
  return vscode.l10n.t('{0} has {1}', draft.to.topic, partitions(targets.length));
}

/** Returns the rows after those of the selection: where to and how, and what is lost. */
export function copyRows(
  services: BulkServices,
  draft: CopyDraft,
): readonly (PageRow<CopyDraft> | PageHeading)[] {
  const t = vscode.l10n.t;
  const { connections, targets } = services;
  const { cluster, topic, to } = draft;
  const losses = lossesOf(
    connections.capabilities(cluster),
    connections.capabilities(to.cluster),
    draft.onBad,
  );
  return [
    {
      label: t('To'),
      description: t('{0} on {1}', to.topic, to.cluster),
      iconPath: new vscode.ThemeIcon('arrow-right'),
      ask: async (state, context) =>
        mapAnswer(
          await askTarget(context, connections, targets, {
            placeholder: t('Copy messages of {0} to which topic?', topic),
            ability: 'produce',
            active: state.to,
            except: { cluster, topic },
          }),
          (to) => ({ to, ...idsFor(connections, state, cluster, to.cluster) }),
        ),
    },
    ...optionRows(draft, whyNotKept(draft)),
    ...(namesSchemas(draft) ? [schemaIdsRow(services, draft, cluster, to.cluster)] : []),
    ...(losses.length === 0 ? [] : [{ heading: t('Good to know') }, ...losses]),
  ];
}

/** Whether the draft has ids to exchange, or is to exchange them if it has. */
function namesSchemas(draft: CopyDraft): boolean {
  const facts = copyFactsOf(draft);
  if (draft.schemaIds === 'exchange') return true;
  return facts?.problem === undefined && facts?.namesSchemas === true;
}

/** Returns which ids messages get in another cluster: the chosen ones, if it has a registry. */
export function idsFor(
  connections: Connections,
  { schemaIds }: Pick<CopyOptions, 'schemaIds'>,
  from: string,
  to: string,
): Pick<CopyOptions, 'schemaIds'> {
  return { schemaIds: haveTwoRegistries(connections, from, to) ? schemaIds : 'keep' };
}

/**
 * Returns the rows of how messages are copied. `notKept` says why they cannot keep their partitions.
 */
export function optionRows(
  { keepPartitions, onBad }: Pick<CopyOptions, 'keepPartitions' | 'onBad'>,
  notKept?: string,
): readonly PageRow<Pick<CopyOptions, 'keepPartitions' | 'onBad'>>[] {
  const t = vscode.l10n.t;
  return [
    {
      label: t('To which partition'),
      description: keepPartitions
        ? t('the one that a message comes from')
        : t('by its key, or spread evenly without one'),
      iconPath: new vscode.ThemeIcon('split-horizontal'),
      ask: (state, context) => askKeep(context, state, notKept),
    },
    {
      label: t('What cannot be copied'),
      description: onBad === 'stop' ? t('stop there') : t('set aside, and go on'),
      iconPath: new vscode.ThemeIcon('debug-step-over'),
      ask: ({ onBad }, context) =>
        askOnBad(context, onBad, t('What if a message cannot be carried, or is refused?'), {
          stop: t('Nothing after it is sent. The copy can go on from there.'),
          setAside: t('It can be saved to a file at the end.'),
        }),
    },
  ];
}

/** Asks which partition a message goes to. `notKept` says why it cannot be its own. */
async function askKeep(
  context: StepContext,
  { keepPartitions }: Pick<CopyOptions, 'keepPartitions'>,
  notKept: string | undefined,
): Promise<Answer<{ keepPartitions: boolean }>> {
  const t = vscode.l10n.t;
  const keep: Choice<'keep'> =
    notKept === undefined
      ? { label: t('The one that it comes from'), choice: 'keep' }
      : {
          label: t('The one that it comes from'),
          description: t('not possible: {0}', notKept),
          iconPath: new vscode.ThemeIcon('warning'),
        };
  const answer = await askPick<'key' | 'keep'>(context, {
    placeholder: t('Which partition does a message go to?'),
    choices: [
      { label: t('By its key'), description: t('spread evenly without one'), choice: 'key' },
      keep,
    ],
    active: (choice) => choice === (keepPartitions ? 'keep' : 'key'),
  });
  return mapAnswer(answer, (given) => ({ keepPartitions: given === 'keep' }));
}
