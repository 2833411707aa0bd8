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
import { type Target, toTarget } from '../clusters/pick';

/** A topic to create, as it was typed. An empty text means the default. */
export interface TopicDraft {
  readonly cluster: string;
  readonly topic: string;
  readonly partitions: string;
  readonly replicas: string;
  readonly properties: string;
  /** What the cluster said of the topic when it was asked whether it could be created. */
  readonly checked?: Checked | undefined;
  /** The topics of the cluster, once they are listed. */
  readonly listed?: Listed | undefined;
}

/** The result of a dry run. */
export interface Checked {
  readonly cluster: string;
  readonly topic: NewTopic;
  /** Why the topic cannot be created; missing: it can. */
  readonly problem?: string;
}

/** The names of the topics of a cluster. */
export interface Listed {
  readonly cluster: string;
  readonly names: ReadonlySet<string>;
}

export type Field = 'topic' | 'partitions' | 'replicas' | 'properties';
export type Validate = (text: string) => string | undefined;

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

/** Returns whether only the name was given. */
export function isDefault({ partitions, replicas, properties }: TopicDraft): boolean {
  return partitions + replicas + properties === '';
}

/** Says that the cluster has a topic of this name already, as far as its topics are listed. */
export function takenProblem({ cluster, topic, listed }: TopicDraft): string | undefined {
  return listed?.cluster === cluster && listed.names.has(topic)
    ? vscode.l10n.t('There is a topic {0} on {1} already.', topic, cluster)
    : undefined;
}

/** Returns why the cluster would not create the topic as it is now, as far as it was asked. */
export function refusedProblem(draft: TopicDraft): string | undefined {
  return isChecked(draft) ? draft.checked?.problem : undefined;
}

/** Returns whether the cluster was asked about exactly this topic. */
export function isChecked(draft: TopicDraft): boolean {
  const { cluster, checked } = draft;
  const same = JSON.stringify(checked?.topic) === JSON.stringify(toTopic(draft));
  return checked?.cluster === cluster && same;
}

export function topicNameProblem(text: string): string | undefined {
  return isTopicName(text.trim())
    ? undefined
    : vscode.l10n.t('Use 1 to 249 letters, digits, dots, underscores and hyphens.');
}

export function countProblem(text: string): string | undefined {
  return /^([1-9]\d{0,5})?$/.test(text.trim())
    ? undefined
    : vscode.l10n.t('Enter a whole number from 1 on, or nothing.');
}

export function propertiesProblem(text: string): string | undefined {
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

export function toTopic({ topic: name, partitions, replicas, properties }: TopicDraft): NewTopic {
  const parsed = parseProperties(properties) ?? {};
  return {
    name,
    ...(partitions && { partitionCount: Number(partitions) }),
    ...(replicas && { replicationFactor: Number(replicas) }),
    ...(Object.keys(parsed).length > 0 && { properties: parsed }),
  };
}
