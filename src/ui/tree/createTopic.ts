import * as vscode from 'vscode';
import type { NewTopic } from '../../core/kafka';
import {
  either,
  lenient,
  map,
  number,
  object,
  type Read,
  type Schema,
  string,
} from '../../core/schema';
import { isTopicName } from '../../core/text/topicName';
import { notify } from '../dialogs/notify';
import type { Connections } from '../clusters/connections';
import type { PendingTopics } from './pendingTopics';
import { pickAble, type Target, toTarget, withOnlyAble } from '../clusters/pick';
import { withProgress } from '../dialogs/progress';
import { UserError } from '../words/report';
import { askText } from '../dialogs/questions';
import { mapAnswer, runWizard, type Step } from '../dialogs/wizard';

interface Draft {
  readonly cluster: string;
  readonly topic: string;
  readonly partitions: string;
  readonly replicas: string;
  readonly properties: string;
}

type Field = Exclude<keyof Draft, 'cluster'>;
type Validate = (text: string) => string | undefined;

/** Reads a text, or a number as a text, that passes a validation. */
const textWithout = (problem: Validate): Schema<string> =>
  map(either(string, map(number, String)), (text) => (problem(text) ? undefined : text));

const topicFields = object({
  partitions: lenient(textWithout(countProblem)),
  replicas: lenient(textWithout(countProblem)),
  properties: lenient(textWithout(propertiesProblem)),
});

/** The arguments of the command. `topic` is the name; a missing count means the default. */
export type GivenTopic = Target & Read<typeof topicFields>;

/** Reads the arguments of a command. */
export function toGivenTopic(argument: unknown): GivenTopic {
  return { ...toTarget(argument), ...topicFields(argument) };
}

/**
 * Asks for what is not given and creates the topic. The tree shows it as being created until the
 * proxy lists it.
 */
export async function createTopic(
  connections: Connections,
  pending: PendingTopics,
  argument: GivenTopic,
): Promise<void> {
  const t = vscode.l10n.t;
  const given = withOnlyAble(argument, connections, 'createTopic');
  const initial: Draft = {
    cluster: '',
    topic: '',
    partitions: '',
    replicas: '',
    properties: '',
    ...given,
  };
  const question = (field: Field, prompt: string, validate: Validate): Step<Draft> => ({
    skip: () => given[field] !== undefined,
    ask: async (draft, context) => {
      const answer = await askText(context, { prompt, value: draft[field], validate });
      return mapAnswer(answer, (given) => ({ [field]: given.trim() }));
    },
  });
  const draft = await runWizard(t('Create Topic'), initial, [
    {
      skip: () => given.cluster !== undefined,
      ask: ({ cluster }, context) => pickAble(context, connections, cluster, 'createTopic'),
    },
    question('topic', t('The name of the topic'), topicNameProblem),
    question('partitions', t('How many partitions? Empty: the cluster’s default'), countProblem),
    question(
      'replicas',
      t('How many replicas of each? Empty: the cluster’s default'),
      countProblem,
    ),
    {
      ...question(
        'properties',
        t('Topic properties, such as retention.ms=604800000, cleanup.policy=compact. Empty: none'),
        propertiesProblem,
      ),
      skip: ({ cluster }) =>
        given.properties !== undefined || !takesProperties(connections, cluster),
    },
  ]);

  const { cluster } = draft;
  const topic = toTopic(draft);
  const what = t('Create the topic {0} on {1}', topic.name, cluster);
  const proxy = await connections.toWrite(cluster, what);
  await withProgress(t('Creating the topic {0}', topic.name), async (signal) => {
    const known = await proxy.topics({ signal });
    if (known.some(({ name }) => name === topic.name)) {
      throw new UserError(t('the topic {0} exists already', topic.name), t('Choose another name'));
    }
    await proxy.createTopic(topic, { signal });
  });
  pending.add(cluster, topic.name, proxy);
  void notify(
    'information',
    proxy.capabilities.metadataLags
      ? t('Created the topic {0}. It can take half a minute to show up.', topic.name)
      : t('Created the topic {0}.', topic.name),
  );
}

/** Returns whether a topic can have properties; true while no cluster is chosen. */
function takesProperties(connections: Connections, cluster: string): boolean {
  if (!cluster) return true;
  const { createTopic } = connections.proxy(cluster).capabilities;
  return createTopic !== false && createTopic.properties;
}

function topicNameProblem(text: string): string | undefined {
  return isTopicName(text.trim())
    ? undefined
    : vscode.l10n.t('Use 1 to 249 letters, digits, dots, underscores and hyphens.');
}

function countProblem(text: string): string | undefined {
  return /^([1-9]\d{0,5})?$/.test(text.trim())
    ? undefined
    : vscode.l10n.t('Enter a whole number from 1 on, or nothing.');
}

function propertiesProblem(text: string): string | undefined {
  return parseProperties(text)
    ? undefined
    : vscode.l10n.t('Write name=value, with commas between the properties.');
}

/**
 * Parses `a=1, b=x,y` as an object; a value may hold commas. Returns `undefined` if it does not
 * parse.
 */
function parseProperties(text: string): Record<string, string> | undefined {
  const entries = text
    .split(/,(?=\s*[\w.]+\s*=)/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => /^([\w.]+)\s*=(.+)$/.exec(part));
  const pairs = entries.flatMap((match) =>
    match?.[1] && match[2] ? [[match[1], match[2].trim()]] : [],
  );
  return pairs.length === entries.length
    ? (Object.fromEntries(pairs) as Record<string, string>)
    : undefined;
}

function toTopic({ topic: name, partitions, replicas, properties }: Draft): NewTopic {
  const parsed = parseProperties(properties) ?? {};
  return {
    name,
    ...(partitions && { partitionCount: Number(partitions) }),
    ...(replicas && { replicationFactor: Number(replicas) }),
    ...(Object.keys(parsed).length > 0 && { properties: parsed }),
  };
}
