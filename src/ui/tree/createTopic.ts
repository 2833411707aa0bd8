import * as vscode from 'vscode';
import { KafkaError } from '../../core/errors';
import { askPage, type Page, type PageRow } from '../dialogs/page';
import type { Connections } from '../clusters/connections';
import {
  type Checked,
  countProblem,
  type Field,
  type GivenTopic,
  isChecked,
  isDefault,
  type Listed,
  propertiesProblem,
  refusedProblem,
  takenProblem,
  type TopicDraft,
  topicNameProblem,
  toTopic,
  type Validate,
} from './topicDraft';
import type { PendingTopics } from './pendingTopics';
import { pickAble, withOnlyAble } from '../clusters/pick';
import { withProgress } from '../dialogs/progress';
import { showResult } from '../dialogs/result';
import { nameWithMarks } from '../words/clusterMarks';
import { runs, withRemedies } from '../words/remedies';
import { capitalise, sentences } from '../words/sentences';
import { explain, UserError } from '../words/report';
import { askText } from '../dialogs/questions';
import { type Answer, mapAnswer, runWizard, type StepContext } from '../dialogs/wizard';

/**
 * Asks for the name and shows one page with the rest, unless all of it is given, and creates the
 * topic. The tree shows it as being created until the proxy lists it. `typed` is what the person
 * answered before an attempt that failed: the page begins with that.
 */
export async function createTopic(
  connections: Connections,
  pending: PendingTopics,
  argument: GivenTopic,
  typed?: TopicDraft,
): Promise<void> {
  const t = vscode.l10n.t;
  const draft = await ask(connections, argument, typed);
  const { cluster } = draft;
  const topic = toTopic(draft);
  const again = () => createTopic(connections, pending, argument, { ...draft, listed: undefined });
  const proxy = await withRemedies({ cluster, again }, async () => {
    const what = t('Create the topic {0} on {1}', topic.name, cluster);
    const proxy = await connections.toWrite(cluster, what);
    await withProgress(t('Creating the topic {0}', topic.name), async (signal) => {
      const known = await proxy.topics({ signal });
      if (known.some(({ name }) => name === topic.name)) throw taken(topic.name);
      await proxy.createTopic(topic, { signal });
    });
    return proxy;
  });
  pending.add(connections.clusters.require(cluster).definition, topic.name, proxy);
  const target = { cluster, topic: topic.name };
  showResult(
    sentences(
      t('Created the topic {0} on {1}', topic.name, cluster),
      proxy.capabilities.metadataLags ? t('It can take half a minute to show up') : '',
    ),
    [
      runs(t('Produce Message'), 'produceMessage', target),
      runs(t('Open Messages'), 'openMessages', target),
    ],
  );
}

async function ask(
  connections: Connections,
  argument: GivenTopic,
  typed: TopicDraft | undefined,
): Promise<TopicDraft> {
  const t = vscode.l10n.t;
  const given = withOnlyAble(argument, connections, 'createTopic');
  const none = { cluster: '', topic: '', partitions: '', replicas: '', properties: '' };
  const initial: TopicDraft = { ...none, ...given, ...typed };
  const isWhole = (cluster: string) =>
    given.partitions !== undefined &&
    given.replicas !== undefined &&
    (given.properties !== undefined || !takesProperties(connections, cluster));
  return runWizard(t('Create Topic'), initial, [
    {
      skip: () => given.cluster !== undefined || typed !== undefined,
      ask: ({ cluster }, context) => pickAble(context, connections, cluster, 'createTopic'),
    },
    {
      skip: () => given.topic !== undefined || typed !== undefined,
      ask: async (draft, context) => {
        await connections.ready(draft.cluster);
        return askName(connections, draft, context);
      },
    },
    {
      skip: ({ cluster }) => typed === undefined && isWhole(cluster),
      ask: async (draft, context) => {
        await connections.ready(draft.cluster);
        return askPage(context, draft, pageOf(connections));
      },
    },
  ]);
}

/** Asks for the name. Refuses one that is taken while it is typed, once the topics are listed. */
async function askName(
  connections: Connections,
  draft: TopicDraft,
  context: StepContext,
): Promise<Answer<Partial<TopicDraft>>> {
  let { listed } = draft;
  const answer = await askText(context, {
    prompt: vscode.l10n.t('The name of the topic on {0}', draft.cluster),
    value: draft.topic,
    load: async (signal) => {
      listed = await listOnce(connections, draft, signal);
    },
    objection: (text) => takenProblem({ ...draft, topic: text.trim(), listed }),
    validate: topicNameProblem,
  });
  return mapAnswer(answer, (name) => ({ topic: name.trim(), listed }));
}

/** Lists the topics of the cluster, unless that was done or fails: creating then tells. */
async function listOnce(
  connections: Connections,
  { cluster, listed }: TopicDraft,
  signal: AbortSignal,
): Promise<Listed | undefined> {
  if (listed?.cluster === cluster) return listed;
  try {
    const topics = await (await connections.proxy(cluster)).topics({ signal });
    return { cluster, names: new Set(topics.map(({ name }) => name)) };
  } catch {
    return undefined;
  }
}

/**
 * Asks the cluster whether it would create the topic, where its dialect has a dry run. Only a
 * refusal says something: after another failure, creating it tells.
 */
async function check(
  connections: Connections,
  draft: TopicDraft,
  signal: AbortSignal,
): Promise<Checked | undefined> {
  const { cluster, checked } = draft;
  const proxy = await connections.proxy(cluster);
  if (!proxy.checkTopic || isChecked(draft)) return checked;
  const topic = toTopic(draft);
  try {
    await proxy.checkTopic(topic, { signal });
    return { cluster, topic };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof KafkaError) || error.kind !== 'rejected') return undefined;
    const { reason } = explain(error);
    return { cluster, topic, problem: sentences(capitalise(reason)) };
  }
}

/** The page that says which topic will be created, with a row for each thing to change. */
function pageOf(connections: Connections): Page<TopicDraft> {
  const t = vscode.l10n.t;
  const byDefault = t('the cluster’s default');
  const row = (
    field: Field,
    label: string,
    prompt: string,
    validate: Validate,
    none: string,
  ): ((draft: TopicDraft) => PageRow<TopicDraft>) => {
    return ({ [field]: value }) => ({
      label,
      description: value || none,
      ask: async (draft, context) => {
        const answer = await askText(context, { prompt, value: draft[field], validate });
        return mapAnswer(answer, (text) => ({ [field]: text.trim() }));
      },
    });
  };
  const partitions = row(
    'partitions',
    t('Partitions'),
    t('How many partitions? Empty: the cluster’s default'),
    countProblem,
    byDefault,
  );
  const replicas = row(
    'replicas',
    t('Replicas'),
    t('How many replicas of each? Empty: the cluster’s default'),
    countProblem,
    byDefault,
  );
  const properties = row(
    'properties',
    t('Properties'),
    t('Topic properties, such as retention.ms=604800000, cleanup.policy=compact. Empty: none'),
    propertiesProblem,
    t('none'),
  );
  return {
    placeholder: () => t('Press Enter to create the topic, or change something first'),
    go: (draft) => ({
      label: isDefault(draft)
        ? t('Create {0} with the cluster’s defaults', draft.topic)
        : t('Create {0}', draft.topic),
      description: nameWithMarks(connections.clusters.require(draft.cluster).definition),
      iconPath: new vscode.ThemeIcon('add'),
      refused: topicNameProblem(draft.topic) ?? takenProblem(draft) ?? refusedProblem(draft),
    }),
    rows: (draft) => [
      {
        label: t('Name'),
        description: draft.topic,
        ask: (state, context) => askName(connections, state, context),
      },
      partitions(draft),
      replicas(draft),
      ...(takesProperties(connections, draft.cluster) ? [properties(draft)] : []),
    ],
    load: async (draft, signal) => {
      const [listed, checked] = await Promise.all([
        listOnce(connections, draft, signal),
        check(connections, draft, signal),
      ]);
      return { listed, checked };
    },
  };
}

function taken(topic: string): UserError {
  const t = vscode.l10n.t;
  return new UserError(
    t('the topic {0} exists already', topic),
    t('Choose another name'),
    'tryAgain',
  );
}

/** Returns whether a topic can have properties; true while no cluster is chosen. */
function takesProperties(connections: Connections, cluster: string): boolean {
  if (!cluster) return true;
  const { createTopic } = connections.capabilities(cluster);
  return createTopic !== false && createTopic.properties;
}
