import { withoutComments } from '../json/withoutComments';
import { type ClusterDefinition, type DefinitionRules, membersOf, toSetting } from './definition';

/** The member that marks a file of clusters, and its version. */
const FORMAT = 'kafkaRestClusters';
const VERSION = 1;

const SETTING = 'kafkaRest.clusters';

/** The maximum size of a file of clusters, in characters, and of clusters in it. */
const MAX_SIZE = 1_000_000;
const MAX_CLUSTERS = 500;

/** Returns the text of a file with clusters. It holds no secret, as definitions hold none. */
export function writeClusterFile(
  definitions: readonly ClusterDefinition[],
  rules: DefinitionRules,
): string {
  const clusters = definitions.map((definition) => toSetting(definition, rules));
  return `${JSON.stringify({ [FORMAT]: VERSION, clusters }, undefined, 2)}\n`;
}

/** Why a file holds no clusters that can be read. */
export type ClusterFileProblem =
  | { readonly problem: 'too-large' | 'not-json' | 'later-version' | 'nothing' }
  /** It tells how to reach brokers, and names no REST proxy. */
  | { readonly problem: 'only-brokers' }
  /** It comes from Confluent's command line, and names this address but no API key. */
  | { readonly problem: 'no-api-key'; readonly endpoint: string };

/**
 * Returns the entries of a file with clusters, as they are in the setting: of one that
 * `writeClusterFile` wrote, of a file of settings, or of a list. They are still to be read as entries
 * that somebody else wrote. For the files of other tools, tells what they lack.
 */
export function readClusterFile(text: string): readonly unknown[] | ClusterFileProblem {
  if (text.length > MAX_SIZE) return { problem: 'too-large' };
  const value = parsed(text);
  const members = membersOf(value);
  const version = members.get(FORMAT);
  if (version !== undefined && version !== VERSION) return { problem: 'later-version' };
  const list = [members.get(SETTING), members.get('clusters'), value].find(isList) ?? [value];
  if (list.length > MAX_CLUSTERS) return { problem: 'too-large' };
  const inCloud = list.map((entry) => membersOf(entry).get('rest_endpoint')).find(isText);
  if (inCloud !== undefined) return { problem: 'no-api-key', endpoint: inCloud };
  if (version !== undefined || list.some((entry) => membersOf(entry).has('endpoint'))) return list;
  if (BROKERS.test(text)) return { problem: 'only-brokers' };
  return { problem: value === undefined ? 'not-json' : 'nothing' };
}

/** How others name the brokers: kafka-ui, AKHQ, clients, and other extensions for Kafka. */
const BROKERS = /\bbootstrap[._-]?(?:servers?)?["']?\s*[:=]/i;

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(withoutComments(text.replace(/^\ufeff/, '')));
  } catch {
    return undefined;
  }
}
