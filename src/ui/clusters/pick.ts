import * as vscode from 'vscode';
import { KafkaError } from '../../core/errors';
import type { Capabilities, ReadingProxy } from '../../core/kafka';
import { index, lenient, number, object, type Read, type Schema, string } from '../../core/schema';
import { type Ability, type Asked, inabilityOf } from '../../core/cluster/abilities';
import type { BlockArgument } from '../../language/codeLens';
import { hiddenTopics } from '../base/topicFilter';
import { askMany, askPick, type Choice } from '../dialogs/questions';
import { type Answer, back, onlyStep, type StepContext } from '../dialogs/wizard';
import { markColor, marksOf } from '../words/clusterMarks';
import { offsetsOf } from '../words/counts';
import type { Explanation } from '../base/explanation';
import { explain, UserError } from '../words/report';
import { sentences } from '../words/sentences';
import { type Cluster, type ClusterStore, temporaryIcons } from './clusters';
import type { Connections } from './connections';
import { refuseUnable, unsupported } from './abilities';

const target = object({
  cluster: lenient(string),
  topic: lenient(string),
  partition: lenient(index),
});

/**
 * The target that a command was called on. Tree nodes, keybindings and other extensions pass it as
 * an argument, and the command asks for what is missing.
 */
export type Target = Read<typeof target>;

/** Reads a target from the argument of a command. */
export function toTarget(argument: unknown): Target {
  return target(argument) ?? {};
}

/** Reads the argument of a code lens. */
export const toBlockArgument: Schema<BlockArgument> = object({
  uri: string,
  line: number,
  count: lenient(number),
});

/**
 * Returns the target, with its cluster filled in if there is only one. Throws if there is no
 * cluster.
 */
export function withOnlyCluster<T extends Target>(target: T, clusters: ClusterStore): T {
  const [first, second] = clusters.list();
  if (first === undefined) {
    // Says what to do about a cluster that the workspace offers.
    const [offered] = clusters.offered();
    if (offered) throw clusters.notFound(offered.definition.name);
    throw new UserError(
      vscode.l10n.t('there is no cluster yet'),
      vscode.l10n.t('Add one, or start the emulator to try things out'),
      'addCluster',
      'startEmulator',
    );
  }
  return second === undefined ? { cluster: first.definition.name, ...target } : target;
}

/** As `withOnlyCluster`. Also throws if the cluster is known and does not offer the ability. */
export function withOnlyAble<T extends Target>(
  target: T,
  connections: Connections,
  ability: Ability,
): T {
  const given = withOnlyCluster(target, connections.clusters);
  if (given.cluster !== undefined) refuseUnable(asked(connections, given.cluster), ability);
  return given;
}

/** Returns whether a cluster exists and offers an ability. */
export function isAble(connections: Connections, name: string, ability: Ability): boolean {
  const known = connections.clusters.get(name) !== undefined;
  return known && inabilityOf(asked(connections, name), ability) === undefined;
}

function asked(connections: Connections, name: string): Asked {
  const { definition } = connections.clusters.require(name);
  return { definition, capabilities: connections.capabilities(name) };
}

/** Asks for a cluster. Clusters without the ability are shown but cannot be chosen. */
export function pickAble(
  context: StepContext,
  connections: Connections,
  active: string | undefined,
  ability: Ability,
): Promise<Answer<{ cluster: string }>> {
  return pickCluster(context, connections.clusters, active, (name) => {
    const inability = inabilityOf(asked(connections, name), ability);
    if (inability === undefined) return undefined;
    return inability === 'unsupported' ? unsupported(name, ability) : '';
  });
}

/**
 * Asks for a cluster. `refusal` returns why a cluster cannot be chosen, empty if its marks say so
 * already, and `undefined` if it can be chosen.
 */
export async function pickCluster(
  context: StepContext,
  clusters: ClusterStore,
  active?: string,
  refusal: (name: string) => string | undefined = () => undefined,
): Promise<Answer<{ cluster: string }>> {
  const answer = await askPick(context, {
    placeholder: vscode.l10n.t('Which cluster?'),
    choices: clusters.list().map(({ definition, temporary }): Choice<string> => {
      const { name, endpoint } = definition;
      const reason = refusal(name);
      const marks = marksOf(definition);
      const icon = temporary ? temporaryIcons[temporary] : 'server-environment';
      return {
        label: name,
        description: [...marks.map(({ word }) => word), reason || new URL(endpoint).host].join(
          ' · ',
        ),
        iconPath: new vscode.ThemeIcon(icon, marks.length > 0 ? markColor : undefined),
        ...(reason === undefined && { choice: name }),
      };
    }),
    active: (name) => name === active,
  });
  return typeof answer === 'string' ? { cluster: answer } : answer;
}

/** Returns the cluster that a command was called on, or else the one that the person picks. */
export async function chooseCluster(clusters: ClusterStore, target: Target): Promise<Cluster> {
  const { cluster } = withOnlyCluster(target, clusters);
  const title = vscode.l10n.t('Cluster');
  const context = onlyStep(title);
  const answer = cluster === undefined ? await pickCluster(context, clusters) : { cluster };
  if (answer === undefined || answer === back) throw new vscode.CancellationError();
  return clusters.require(answer.cluster);
}

/**
 * Returns the choice for a topic that was typed. It has no label because VS Code sorts by how well
 * labels match the typed text. Without one, it comes after every topic that matches, and is active
 * only if none does.
 */
export function otherTopic<T>(choice: T, description: string): Choice<T> {
  const iconPath = new vscode.ThemeIcon('question');
  return { label: '', description, iconPath, alwaysShow: true, choice };
}

/** Returns the names of the topics of a cluster that the settings do not hide. */
export async function visibleTopics(
  proxy: ReadingProxy,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const topics = await proxy.topics({ signal });
  const hidden = hiddenTopics();
  return topics.map(({ name }) => name).filter((name) => !hidden(name));
}

/**
 * Looks up a topic that was typed. Returns `undefined` if it is there, otherwise a choice to offer
 * instead, which says why not.
 */
export async function refuseTopic<T extends { readonly cluster: string; readonly topic: string }>(
  connections: Connections,
  target: T,
  signal: AbortSignal,
): Promise<Choice<T> | undefined> {
  const { cluster, topic } = target;
  const proxy = await connections.ready(cluster);
  try {
    await proxy.partitions(topic, { signal });
    return undefined;
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    const { capabilities } = proxy;
    const { reason, advice } = explainMissingTopic(error, topic, { cluster, capabilities });
    return { ...otherTopic(target, reason), detail: advice };
  }
}

function explainMissingTopic(
  error: KafkaError,
  topic: string,
  { cluster, capabilities }: { readonly cluster: string; readonly capabilities: Capabilities },
): Explanation {
  if (error.kind !== 'not-found') {
    const { reason, advice } = explain(error);
    const t = vscode.l10n.t;
    return { reason: t('{0} cannot be looked up: {1}', topic, reason), advice: sentences(advice) };
  }
  return {
    reason: vscode.l10n.t('There is no topic {0} on {1}', topic, cluster),
    advice: capabilities.metadataLags
      ? vscode.l10n.t('Check the name. If the topic is new, press Enter again in half a minute.')
      : vscode.l10n.t('Check the name.'),
  };
}

/**
 * Asks for a topic. A name that is not in the list can be typed, because the list may lag behind or
 * be hidden in part. It is looked up before it is accepted.
 */
export async function pickTopic(
  context: StepContext,
  connections: Connections,
  { cluster, topic: active }: { readonly cluster: string; readonly topic: string },
): Promise<Answer<{ topic: string }>> {
  const proxy = await connections.ready(cluster);
  const answer = await askPick(context, {
    placeholder: vscode.l10n.t('Which topic on {0}?', cluster),
    choices: async (signal) =>
      (await visibleTopics(proxy, signal)).map((name) => ({
        label: name,
        iconPath: new vscode.ThemeIcon('inbox'),
        choice: name,
      })),
    active: (name) => name === active,
    custom: (name) => otherTopic(name, vscode.l10n.t('Other topic: {0}', name)),
    refuse: async (topic, signal) => {
      const refused = await refuseTopic(connections, { cluster, topic }, signal);
      return refused && { ...refused, choice: topic };
    },
  });
  return typeof answer === 'string' ? { topic: answer } : answer;
}

/** Asks which partitions of a topic to use. All of them are selected at first. */
export async function pickPartitions(
  context: StepContext,
  connections: Connections,
  { cluster, topic }: { readonly cluster: string; readonly topic: string },
): Promise<Answer<{ partitions: readonly number[] | 'all' }>> {
  const proxy = await connections.ready(cluster);
  const placeholder = vscode.l10n.t('Which partitions of {0}? Press Enter for all.', topic);
  let total = 0;
  const answer = await askMany(context, placeholder, async (signal) => {
    const partitions = await proxy.partitions(topic, { signal });
    total = partitions.length;
    return partitions.map((partition) => ({
      label: vscode.l10n.t('Partition {0}', partition.id),
      description: offsetsOf(partition),
      choice: partition.id,
    }));
  });
  if (answer === undefined || answer === back) return answer;
  return { partitions: answer.length === total ? 'all' : answer };
}
