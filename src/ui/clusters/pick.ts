import * as vscode from 'vscode';
import { KafkaError } from '../../core/errors';
import type { Capabilities } from '../../core/kafka';
import { index, lenient, number, object, type Read, type Schema, string } from '../../core/schema';
import { type Ability, type Asked, inabilityOf } from '../../core/cluster/abilities';
import type { BlockArgument } from '../../language/codeLens';
import { hiddenTopics } from '../base/topicFilter';
import { askMany, askPick, type Choice } from '../dialogs/questions';
import { type Answer, back, type StepContext } from '../dialogs/wizard';
import { markColor, marksOf } from '../words/clusterMarks';
import type { Explanation } from '../base/explanation';
import { explain, UserError } from '../words/report';
import type { ClusterStore } from './clusters';
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
    throw new UserError(
      vscode.l10n.t('there is no cluster yet'),
      vscode.l10n.t('Run “Kafka REST: Add Cluster...” or “Kafka REST: Start Emulator”'),
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

function asked(connections: Connections, name: string): Asked {
  const { definition } = connections.clusters.require(name);
  return { definition, capabilities: connections.proxy(name).capabilities };
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
    choices: clusters.list().map(({ definition, emulator }): Choice<string> => {
      const { name, endpoint } = definition;
      const reason = refusal(name);
      const marks = marksOf(definition);
      const icon = emulator ? 'beaker' : 'server-environment';
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

/**
 * Returns the choice for a topic that was typed. It has no label because VS Code sorts by how well
 * labels match the typed text. Without one, it comes after every topic that matches, and is active
 * only if none does.
 */
function otherTopic(name: string, description: string): Choice<string> {
  const iconPath = new vscode.ThemeIcon('question');
  return { label: '', description, iconPath, alwaysShow: true, choice: name };
}

function explainMissingTopic(
  error: KafkaError,
  topic: string,
  { cluster, capabilities }: { readonly cluster: string; readonly capabilities: Capabilities },
): Explanation {
  if (error.kind !== 'not-found') {
    const { reason, advice } = explain(error);
    const t = vscode.l10n.t;
    return { reason: t('{0} cannot be looked up: {1}', topic, reason), advice: t('{0}.', advice) };
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
  const { capabilities } = proxy;
  const answer = await askPick(context, {
    placeholder: vscode.l10n.t('Which topic on {0}?', cluster),
    choices: async (signal) => {
      const topics = await proxy.topics({ signal });
      const hidden = hiddenTopics();
      return topics
        .filter(({ name }) => !hidden(name))
        .map(({ name }) => ({
          label: name,
          iconPath: new vscode.ThemeIcon('inbox'),
          choice: name,
        }));
    },
    active: (name) => name === active,
    custom: (name) => otherTopic(name, vscode.l10n.t('Other topic: {0}', name)),
    refuse: async (name, signal) => {
      try {
        await proxy.partitions(name, { signal });
        return undefined;
      } catch (error) {
        if (!(error instanceof KafkaError)) throw error;
        const { reason, advice } = explainMissingTopic(error, name, { cluster, capabilities });
        return { ...otherTopic(name, reason), detail: advice };
      }
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
    return partitions.map(({ id, earliest, latest }) => ({
      label: vscode.l10n.t('Partition {0}', id),
      description: vscode.l10n.t('offsets {0} to {1}', String(earliest), String(latest)),
      choice: id,
    }));
  });
  if (answer === undefined || answer === back) return answer;
  return { partitions: answer.length === total ? 'all' : answer };
}
