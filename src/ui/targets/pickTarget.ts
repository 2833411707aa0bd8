import * as vscode from 'vscode';
import { type Ability, inabilityOf } from '../../core/cluster/abilities';
import { unsupported } from '../clusters/abilities';
import type { Cluster } from '../clusters/clusters';
import type { Connections } from '../clusters/connections';
import { otherTopic, refuseTopic, visibleTopics } from '../clusters/pick';
import { askPick, type Choice, heading } from '../dialogs/questions';
import { type Answer, back, type StepContext } from '../dialogs/wizard';
import { marksOf, wordsOf } from '../words/clusterMarks';
import { explain } from '../words/report';
import type { LikelyTarget, Targets, TopicTarget } from './targets';

export interface TargetQuestion {
  readonly placeholder: string;
  /** What the cluster must be able to do. */
  readonly ability: Ability;
  /** The topic that is active at first. */
  readonly active?: TopicTarget | undefined;
  /** The only cluster to choose from; missing: all of them. */
  readonly cluster?: string | undefined;
  /** A topic that is not likely here. */
  readonly except?: TopicTarget | undefined;
}

/** A cluster whose topics cannot be listed before its secret is entered. */
interface Locked {
  readonly locked: string;
}

/**
 * Asks for a topic of any cluster in one list: the likely ones first, then those of each cluster. A
 * topic that is not listed can be typed. A cluster that cannot be listed, or that lacks the
 * ability, says so in one row; the others stay.
 */
export async function pickTarget(
  context: StepContext,
  connections: Connections,
  targets: Targets,
  question: TargetQuestion,
): Promise<Answer<TopicTarget>> {
  const only = question.cluster;
  if (only !== undefined) await connections.ready(only);
  for (;;) {
    const answer = await askOnce(context, connections, targets, question);
    if (answer === undefined || answer === back || !('locked' in answer)) return answer;
    await connections.ready(answer.locked);
  }
}

function askOnce(
  context: StepContext,
  connections: Connections,
  targets: Targets,
  { placeholder, ability, active, cluster: only, except }: TargetQuestion,
): Promise<Answer<TopicTarget | Locked>> {
  const isAsked = (name: string) => only === undefined || name === only;
  const clusters = connections.clusters.list().filter(({ definition: { name } }) => isAsked(name));
  const likely = targets
    .list(ability)
    .filter(({ cluster }) => isAsked(cluster))
    .filter(({ cluster, topic }) => cluster !== except?.cluster || topic !== except.topic);
  const first = likelyChoices(likely, clusters.length > 1);
  /** The cluster of a topic that is typed. */
  const typedOn = active?.cluster ?? likely[0]?.cluster ?? clusters[0]?.definition.name ?? '';
  return askPick<TopicTarget | Locked>(context, {
    placeholder,
    choices: async (signal, showMeanwhile) => {
      const listed = clusters.map(({ definition }): Choice<TopicTarget | Locked>[] => [
        heading(definition.name),
        { label: vscode.l10n.t('Listing the topics…'), iconPath: loadingIcon },
      ]);
      const all = () => [...first, ...listed.flat()];
      showMeanwhile(all());
      await Promise.all(
        clusters.map(async (cluster, at) => {
          const { name } = cluster.definition;
          const above = likely.filter((each) => each.cluster === name).map(({ topic }) => topic);
          listed[at] = await topicsOf(connections, cluster, { ability, above }, signal);
          showMeanwhile(all());
        }),
      );
      return all();
    },
    active: (choice) =>
      'topic' in choice && choice.cluster === active?.cluster && choice.topic === active.topic,
    custom: (topic) =>
      otherTopic<TopicTarget>(
        { cluster: typedOn, topic },
        clusters.length > 1
          ? vscode.l10n.t('Other topic on {0}: {1}', typedOn, topic)
          : vscode.l10n.t('Other topic: {0}', topic),
      ),
    refuse: async (choice, signal) => {
      if ('locked' in choice) return undefined;
      const { cluster } = choice;
      // To ask for its secret here would close this question.
      if (await connections.lacksSecret(cluster)) return lockedChoice(cluster);
      return refuseTopic(connections, choice, signal);
    },
  });
}

const loadingIcon = new vscode.ThemeIcon('loading~spin');

/** Offers to enter the secret of a cluster, because a list of all clusters must not ask for each. */
function lockedChoice(cluster: string): Choice<Locked> {
  return {
    label: vscode.l10n.t('Enter the secret of {0}…', cluster),
    iconPath: new vscode.ThemeIcon('key'),
    alwaysShow: true,
    choice: { locked: cluster },
  };
}

function likelyChoices(
  likely: readonly LikelyTarget[],
  namesCluster: boolean,
): readonly Choice<TopicTarget>[] {
  if (likely.length === 0) return [];
  const t = vscode.l10n.t;
  const reasons: Readonly<Record<LikelyTarget['because'], string>> = {
    selected: t('selected in the sidebar'),
    active: t('in the active editor'),
    used: t('used before'),
  };
  return [
    heading(t('Likely')),
    ...likely.map(({ because, ...target }) => ({
      label: target.topic,
      description: [...(namesCluster ? [target.cluster] : []), reasons[because]].join(' · '),
      iconPath: new vscode.ThemeIcon(because === 'used' ? 'history' : 'inbox'),
      choice: target,
    })),
  ];
}

/** Returns the rows of a cluster: its topics that are not above, or why none can be chosen. */
async function topicsOf(
  connections: Connections,
  { definition }: Cluster,
  { ability, above }: { readonly ability: Ability; readonly above: readonly string[] },
  signal: AbortSignal,
): Promise<Choice<TopicTarget | Locked>[]> {
  const { name: cluster } = definition;
  const t = vscode.l10n.t;
  const marks = wordsOf(marksOf(definition));
  const head = heading(marks ? `${cluster} · ${marks}` : cluster);
  const problem = (label: string): Choice<TopicTarget>[] => [
    head,
    { label, iconPath: new vscode.ThemeIcon('warning') },
  ];
  const capabilities = connections.capabilities(cluster);
  const inability = inabilityOf({ definition, capabilities }, ability);
  if (inability === 'read-only') return problem(t('{0} is read-only', cluster));
  if (inability === 'unsupported') return problem(unsupported(cluster, ability));
  try {
    if (await connections.lacksSecret(cluster)) return [head, lockedChoice(cluster)];
    const names = await visibleTopics(await connections.proxy(cluster), signal);
    return [
      head,
      ...names
        .filter((name) => !above.includes(name))
        .map((topic) => ({
          label: topic,
          iconPath: new vscode.ThemeIcon('inbox'),
          choice: { cluster, topic },
        })),
    ];
  } catch (error) {
    signal.throwIfAborted();
    return problem(t('Its topics cannot be listed: {0}', explain(error).reason));
  }
}
