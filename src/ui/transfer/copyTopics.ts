import * as vscode from 'vscode';
import { listed } from '../../l10n/listed';
import type { Explanation } from '../base/explanation';
import type { Connections } from '../clusters/connections';
import { isAble, pickAble, pickTopic } from '../clusters/pick';
import { askPage, type GoRow, type Page, type PageRow } from '../dialogs/page';
import { mapAnswer, runWizard } from '../dialogs/wizard';
import { emptySelection, rangeRows } from '../messages/selectionPage';
import { describeRange } from '../messages/selectionWords';
import type { ReadDraft } from '../messages/topicFacts';
import type { GivenTopics } from '../targets/givenTopics';
import { markWordsOf } from '../words/clusterMarks';
import { explain } from '../words/report';
import { sentences } from '../words/sentences';
import { haveTwoRegistries, schemaIdsRow } from './copyIds';
import { type CopyOptions, idsFor, isSameTopic, optionRows } from './copyPage';
import type { GivenCopy } from './copyWizard';
import { capitalised } from './layout/messageItem';
import { lossesOf } from './losses';
import type { BulkServices } from './runs/bulkServices';

/** The topics of the target cluster, or why they cannot be listed. */
type TargetFacts = { readonly cluster: string } & (
  | { readonly topics: ReadonlySet<string>; readonly problem?: undefined }
  | { readonly problem: Explanation }
);

/** Several topics to copy to another cluster, while a person settles it. */
export interface TopicsDraft extends ReadDraft, CopyOptions {
  readonly topics: readonly string[];
  readonly toCluster: string;
  /** The targets that the person chose, by topic. All others keep their names. */
  readonly names: Readonly<Record<string, string>>;
  readonly targetFacts?: TargetFacts;
}

/** Returns the target of a topic. */
export function targetOf({ names, toCluster }: TopicsDraft, topic: string) {
  return { cluster: toCluster, topic: names[topic] ?? topic };
}

/**
 * Asks for the target cluster, and then on one page which messages of each topic to copy, and to
 * which topics: those of the same names unless the person chooses others.
 */
export async function askCopyOfTopics(
  services: BulkServices,
  { cluster, topics }: GivenTopics,
  { from, to, keepPartitions, onBad, schemaIds }: GivenCopy,
): Promise<TopicsDraft> {
  const { connections } = services;
  const able = connections.clusters
    .list()
    .map(({ definition: { name } }) => name)
    .filter((name) => isAble(connections, name, 'produce'));
  const given = to.cluster ?? (able.length === 1 ? able[0] : undefined);
  const initial: TopicsDraft = {
    ...emptySelection(),
    ...from,
    ...{ cluster, topic: topics[0] ?? '', topics, partitions: 'all', names: {} },
    toCluster: given ?? able.find((name) => name !== cluster) ?? '',
    keepPartitions: keepPartitions ?? false,
    onBad: onBad ?? 'stop',
    schemaIds: schemaIds ?? 'keep',
  };
  return runWizard(vscode.l10n.t('Copy Messages'), initial, [
    {
      skip: () => given !== undefined,
      ask: async ({ toCluster }, context) =>
        mapAnswer(await pickAble(context, connections, toCluster, 'produce'), ({ cluster }) => ({
          toCluster: cluster,
        })),
    },
    {
      ask: async (state, context) => {
        await connections.ready(state.cluster);
        await connections.ready(state.toCluster);
        return askPage(context, state, page(services));
      },
    },
  ]);
}

function page(services: BulkServices): Page<TopicsDraft> {
  const t = vscode.l10n.t;
  const { connections } = services;
  return {
    placeholder: ({ topics, cluster }) =>
      t(
        'Enter goes on with {0} topics of {1}. Choose a line to change it.',
        topics.length,
        cluster,
      ),
    go: (state) => goRow(connections, state),
    rows: (state) => {
      const { cluster, toCluster, onBad } = state;
      const losses = lossesOf(
        connections.capabilities(cluster),
        connections.capabilities(toCluster),
        onBad,
      );
      return [
        ...rangeRows<TopicsDraft>(connections, state),
        clusterRow(connections, state),
        ...optionRows(state),
        ...(haveTwoRegistries(connections, cluster, toCluster)
          ? [schemaIdsRow(services, state, cluster, toCluster)]
          : []),
        { heading: t('Topics') },
        ...state.topics.map((topic) => topicRow(connections, state, topic)),
        ...(losses.length === 0 ? [] : [{ heading: t('Good to know') }, ...losses]),
      ];
    },
    load: async ({ toCluster, targetFacts }, signal) => {
      if (targetFacts?.cluster === toCluster) return {};
      try {
        const topics = await (await connections.proxy(toCluster)).topics({ signal });
        const names = new Set(topics.map(({ name }) => name));
        return { targetFacts: { cluster: toCluster, topics: names } };
      } catch (error) {
        signal.throwIfAborted();
        return { targetFacts: { cluster: toCluster, problem: explain(error) } };
      }
    },
  };
}

function goRow(connections: Connections, state: TopicsDraft): GoRow {
  const t = vscode.l10n.t;
  const { topics, toCluster, targetFacts } = state;
  const target = connections.clusters.get(toCluster);
  const marks = markWordsOf(target?.definition);
  const problem = targetFacts?.cluster === toCluster ? targetFacts.problem : undefined;
  const wrong = topics.filter((topic) => whyNot(connections, state, topic) !== undefined);
  const refused = problem
    ? sentences(capitalised(problem.reason), problem.advice)
    : wrong.length > 0
      ? t('Choose another target below: {0}', listed(wrong))
      : undefined;
  return {
    label: t(
      'Copy {0} of each of {1} topics to {2}',
      describeRange(state),
      topics.length,
      toCluster,
    ),
    description: marks.join(' · '),
    iconPath: new vscode.ThemeIcon('copy'),
    refused,
  };
}

function clusterRow(connections: Connections, { toCluster }: TopicsDraft): PageRow<TopicsDraft> {
  return {
    label: vscode.l10n.t('To'),
    description: toCluster,
    iconPath: new vscode.ThemeIcon('arrow-right'),
    ask: async (state, context) => {
      const answer = await pickAble(context, connections, state.toCluster, 'produce');
      if (typeof answer === 'object') await connections.ready(answer.cluster);
      return mapAnswer(answer, ({ cluster }) => ({
        toCluster: cluster,
        names: {},
        ...idsFor(connections, state, state.cluster, cluster),
      }));
    },
  };
}

function topicRow(
  connections: Connections,
  state: TopicsDraft,
  topic: string,
): PageRow<TopicsDraft> {
  const t = vscode.l10n.t;
  const target = targetOf(state, topic);
  const problem = whyNot(connections, state, topic);
  return {
    label: topic,
    description: problem ?? t('to {0}', target.topic),
    iconPath: new vscode.ThemeIcon(problem === undefined ? 'inbox' : 'warning'),
    ask: async (draft, context) =>
      mapAnswer(await pickTopic(context, connections, targetOf(draft, topic)), (chosen) => ({
        names: { ...draft.names, [topic]: chosen.topic },
      })),
  };
}

/** Says why a topic cannot be copied to its target, if that is known. */
function whyNot(connections: Connections, draft: TopicsDraft, topic: string): string | undefined {
  const t = vscode.l10n.t;
  const { cluster, toCluster, targetFacts, names } = draft;
  const to = targetOf(draft, topic);
  if (isSameTopic(connections, { cluster, topic, to })) return t('cannot be copied to itself');
  if (targetFacts?.cluster !== toCluster || targetFacts.problem) return undefined;
  // A chosen topic was looked up, and the list may lag behind.
  if (names[topic] !== undefined || targetFacts.topics.has(to.topic)) return undefined;
  return t('there is no topic {0} on {1}', to.topic, toCluster);
}
