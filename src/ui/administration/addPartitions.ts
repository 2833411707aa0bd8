import * as vscode from 'vscode';
import type { Target } from '../clusters/pick';
import { unsupported } from '../clusters/abilities';
import { askPage, type Page } from '../dialogs/page';
import { withProgress } from '../dialogs/progress';
import { askText } from '../dialogs/questions';
import { showResult } from '../dialogs/result';
import { type Answer, mapAnswer, runWizard, type StepContext } from '../dialogs/wizard';
import { nameWithMarks } from '../words/clusterMarks';
import { partitions as inWords } from '../words/counts';
import { withRemedies } from '../words/remedies';
import { UserError } from '../words/report';
import type { AdministrationServices } from './services';
import { type ChosenTopic, givenTopic, topicStep } from './topicStep';

interface Draft extends ChosenTopic {
  /** How many partitions the topic has; 0 until that is known. */
  readonly count: number;
  /** How many it is to have, as it was typed. */
  readonly total: string;
}

/**
 * Adds partitions to a topic. Asks for what is missing, and shows on one page what it means before
 * it is done. `typed` is what the person answered before an attempt that failed.
 */
export async function addPartitions(
  services: AdministrationServices,
  given: Target,
  typed?: Draft,
): Promise<void> {
  const t = vscode.l10n.t;
  const { connections, topics } = services;
  const chosen = givenTopic(services, given, 'addPartitions');
  const initial: Draft = typed ?? { ...chosen, count: 0, total: '' };
  const draft = await runWizard<Draft>(t('Add Partitions'), initial, [
    topicStep(services, typed ?? chosen, {
      ability: 'addPartitions',
      placeholder: t('Which topic needs more partitions?'),
    }),
    {
      skip: () => typed !== undefined,
      ask: async (state, context) => {
        const { count } = await counted(services, state);
        return askTotal({ ...state, count }, context);
      },
    },
    { ask: (state, context) => askPage(context, state, pageOf(services)) },
  ]);
  const { cluster, topic, count } = draft;
  const total = Number(draft.total);
  const again = async () =>
    addPartitions(services, {}, { ...draft, ...(await counted(services, draft)) });
  await withRemedies({ cluster, topic, again }, async () => {
    const what = t('Add {0} to {1} on {2}', inWords(total - count), topic, cluster);
    const proxy = await connections.toWrite(cluster, what);
    await withProgress(t('Adding partitions to {0}', topic), async (signal) => {
      if (!proxy.addPartitions) {
        throw new UserError(unsupported(cluster, 'addPartitions'), t('Choose another cluster'));
      }
      await proxy.addPartitions(topic, total, { signal });
    });
  });
  topics.tell({ cluster, topic });
  showResult(t('{0} on {1} has {2} now', topic, cluster, inWords(total)));
}

/** Asks the cluster how many partitions a topic has. */
async function counted(
  { connections }: AdministrationServices,
  { cluster, topic }: ChosenTopic,
): Promise<Pick<Draft, 'count'>> {
  const proxy = await connections.ready(cluster);
  return withRemedies({ cluster, topic }, () =>
    withProgress(vscode.l10n.t('Looking at the topic {0}', topic), async (signal) => {
      const { length: count } = await proxy.partitions(topic, { signal });
      return { count };
    }),
  );
}

async function askTotal(draft: Draft, context: StepContext): Promise<Answer<Partial<Draft>>> {
  const t = vscode.l10n.t;
  const { topic, cluster, count, total } = draft;
  const answer = await askText(context, {
    prompt: t(
      'How many partitions shall {0} on {1} have? It has {2} now.',
      topic,
      cluster,
      String(count),
    ),
    value: total === '' ? String(count + 1) : total,
    validate: (text) => totalProblem({ ...draft, total: text }),
  });
  return mapAnswer(answer, (text) => ({ count, total: text.trim() }));
}

function totalProblem({ topic, count, total }: Draft): string | undefined {
  const t = vscode.l10n.t;
  if (!/^[1-9]\d{0,5}$/.test(total.trim())) return t('Enter a whole number.');
  return Number(total) > count
    ? undefined
    : t('{0} has {1} already. Enter a larger number.', topic, inWords(count));
}

function pageOf({ connections }: AdministrationServices): Page<Draft> {
  const t = vscode.l10n.t;
  return {
    placeholder: () => t('Press Enter to add the partitions, or change something first'),
    go: (draft) => ({
      label: t('Add {0} to {1}', inWords(Number(draft.total) - draft.count), draft.topic),
      description: nameWithMarks(connections.clusters.require(draft.cluster).definition),
      iconPath: new vscode.ThemeIcon('add'),
      refused: totalProblem(draft),
    }),
    rows: (draft) => [
      {
        label: t('Partitions'),
        description: t('{0} instead of {1}', draft.total, String(draft.count)),
        ask: askTotal,
      },
      {
        label: t('Messages with a key'),
        detail: t('From then on, a key may go to another partition than its older messages.'),
      },
      {
        label: t('No way back'),
        detail: t('Kafka cannot take partitions away from a topic.'),
      },
    ],
  };
}
