import * as vscode from 'vscode';
import type { NewTopic } from '../core/kafka';
import type { ClusterStore } from './clusters';
import type { PendingTopics } from './pendingTopics';
import { pickCluster, type Target, withOnlyCluster } from './pick';
import { withProgress } from './progress';
import { UserError } from './report';
import { type Answer, askText, back, runWizard, type StepContext } from './wizard';

interface Draft {
  readonly cluster: string;
  readonly name: string;
  readonly partitions: string;
  readonly replicas: string;
  readonly properties: string;
}

/** Asks for a topic and creates it; the tree shows it as being created until the proxy lists it. */
export async function createTopic(
  clusters: ClusterStore,
  pending: PendingTopics,
  argument: Target,
): Promise<void> {
  const t = vscode.l10n.t;
  const given = withOnlyCluster(argument, clusters);
  const initial: Draft = {
    cluster: '',
    partitions: '',
    replicas: '',
    properties: '',
    ...given,
    name: given.topic ?? '',
  };
  const draft = await runWizard(t('Create Topic'), initial, [
    {
      skip: () => given.cluster !== undefined,
      ask: ({ cluster }, context) => pickCluster(context, clusters, cluster),
    },
    {
      ask: (state, context) =>
        ask('name', state, context, t('The name of the topic'), topicNameProblem),
    },
    {
      ask: (state, context) =>
        ask(
          'partitions',
          state,
          context,
          t('How many partitions? Empty: the cluster’s default'),
          countProblem,
        ),
    },
    {
      ask: (state, context) =>
        ask(
          'replicas',
          state,
          context,
          t('How many replicas of each? Empty: the cluster’s default'),
          countProblem,
        ),
    },
    {
      ask: (state, context) =>
        ask(
          'properties',
          state,
          context,
          t(
            'Topic properties, for example retention.ms=604800000, cleanup.policy=compact. Empty: none',
          ),
          (text) =>
            parseProperties(text) ? undefined : t('Write name=value, with commas between.'),
        ),
    },
  ]);

  const { cluster } = draft;
  const topic = toTopic(draft);
  const proxy = await clusters.ready(cluster);
  await withProgress(t('Creating the topic {0}', topic.name), async (signal) => {
    const known = await proxy.topics({ signal });
    if (known.some(({ name }) => name === topic.name)) {
      throw new UserError(t('the topic {0} exists already', topic.name), t('Choose another name'));
    }
    await proxy.createTopic(topic, { signal });
  });
  pending.add(cluster, topic.name, proxy);
  void vscode.window.showInformationMessage(
    t('Created the topic {0}. It can take half a minute to show up.', topic.name),
  );
}

async function ask(
  field: keyof Draft,
  draft: Draft,
  context: StepContext,
  prompt: string,
  validate: (text: string) => string | undefined,
): Promise<Answer<Partial<Draft>>> {
  const answer = await askText(context, { prompt, value: draft[field], validate });
  return answer === back || answer === undefined ? answer : { [field]: answer.trim() };
}

/** Kafka's own rule: at most 249 of these characters, and neither `.` nor `..`. */
function topicNameProblem(text: string): string | undefined {
  const name = text.trim();
  return /^[A-Za-z0-9._-]{1,249}$/.test(name) && name !== '.' && name !== '..'
    ? undefined
    : vscode.l10n.t('Use 1 to 249 letters, digits, dots, underscores and hyphens.');
}

function countProblem(text: string): string | undefined {
  return /^([1-9]\d{0,5})?$/.test(text.trim())
    ? undefined
    : vscode.l10n.t('Enter a whole number from 1 on, or nothing.');
}

/** `a=1, b=x,y` as an object; nothing if the text is otherwise. A value may hold commas. */
function parseProperties(text: string): Record<string, string> | undefined {
  const entries = text
    .split(/,(?=\s*[\w.]+\s*=)/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => /^([\w.]+)\s*=\s*(.+)$/.exec(part));
  const pairs = entries.flatMap((match) => (match?.[1] && match[2] ? [[match[1], match[2]]] : []));
  return pairs.length === entries.length
    ? (Object.fromEntries(pairs) as Record<string, string>)
    : undefined;
}

function toTopic({ name, partitions, replicas, properties }: Draft): NewTopic {
  const parsed = parseProperties(properties) ?? {};
  return {
    name,
    ...(partitions && { partitionCount: Number(partitions) }),
    ...(replicas && { replicationFactor: Number(replicas) }),
    ...(Object.keys(parsed).length > 0 && { properties: parsed }),
  };
}
