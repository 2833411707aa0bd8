import * as vscode from 'vscode';
import type { Partition } from '../../core/kafka';
import { listedApart } from '../../l10n/listed';
import type { Explanation } from '../base/explanation';
import type { Connections } from '../clusters/connections';
import { explain } from '../words/report';
import type { Selection } from './selection';

/** The partitions of a topic as they were a moment ago, or why they cannot be listed. */
export type TopicFacts = Pick<Selection, 'cluster' | 'topic'> &
  (
    | { readonly partitions: readonly Partition[]; readonly problem?: undefined }
    | { readonly partitions?: undefined; readonly problem: Explanation }
  );

/** A selection while a person changes it, with what is known of its topic. */
export interface ReadDraft extends Selection {
  readonly facts?: TopicFacts | undefined;
}

/** Returns the facts of a draft if they are about its topic. */
export function factsOf({ facts, cluster, topic }: ReadDraft): TopicFacts | undefined {
  return facts?.cluster === cluster && facts.topic === topic ? facts : undefined;
}

/** Loads the facts about the topic of a draft, unless they are there. */
export async function loadFacts(
  connections: Connections,
  draft: ReadDraft,
  signal: AbortSignal,
): Promise<Pick<ReadDraft, 'facts'>> {
  const { cluster, topic } = draft;
  if (factsOf(draft)) return {};
  try {
    const partitions = await (await connections.proxy(cluster)).partitions(topic, { signal });
    return { facts: { cluster, topic, partitions } };
  } catch (error) {
    signal.throwIfAborted();
    return { facts: { cluster, topic, problem: explain(error) } };
  }
}

/** Returns the partitions that a draft reads, as far as they are known. */
export function readPartitions(draft: ReadDraft): readonly Partition[] {
  const all = factsOf(draft)?.partitions ?? [];
  const { partitions } = draft;
  return partitions === 'all' ? all : all.filter(({ id }) => partitions.includes(id));
}

/** How many partitions a sentence names. */
const NAMED_PARTITIONS = 3;

/** Returns which offsets exist: "partition 0: 0 to 119; partition 1: empty". Empty if unknown. */
export function describeOffsets(draft: ReadDraft): string {
  const t = vscode.l10n.t;
  const read = readPartitions(draft);
  const named = read.slice(0, NAMED_PARTITIONS).map(({ id, earliest, latest }) => {
    if (latest === undefined) return t('partition {0}: unknown', id);
    return earliest < latest
      ? t('partition {0}: {1} to {2}', id, String(earliest), String(latest - 1n))
      : t('partition {0}: empty', id);
  });
  return listedApart([...named, ...(read.length > named.length ? ['…'] : [])]);
}
