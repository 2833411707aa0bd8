import { fromTopic } from '../../transfer/bulk/copySource';
import type { Explanation } from '../base/explanation';
import type { Connections } from '../clusters/connections';
import { rangeOf, toView } from '../messages/selection';
import type { ReadDraft } from '../messages/topicFacts';
import { haveTwoRegistries, nameSchemas } from './copyIds';
import type { TopicTarget } from '../targets/targets';
import { explain } from '../words/report';

/** What is known of a copy before it begins, or why that cannot be found out. */
export type CopyFacts = {
  /** The selection and the target that the facts are about. */
  readonly about: string;
} & (
  | {
      /** The highest possible number of messages. */
      readonly total: number;
      /** The ids of the partitions of both topics. */
      readonly sources: readonly number[];
      readonly targets: readonly number[];
      /** Whether ids of schemas can be exchanged: there are two registries, and messages name some. */
      readonly namesSchemas: boolean;
      readonly problem?: undefined;
    }
  | { readonly problem: Explanation }
);

export interface WithCopyFacts extends ReadDraft {
  readonly to: TopicTarget;
  readonly copyFacts?: CopyFacts | undefined;
}

/** Returns the facts of a draft if they are about what it copies now. */
export function copyFactsOf(draft: WithCopyFacts): CopyFacts | undefined {
  return draft.copyFacts?.about === about(draft) ? draft.copyFacts : undefined;
}

/** Counts what a draft copies and looks up the partitions of its topics, unless that is known. */
export async function loadCopyFacts(
  connections: Connections,
  draft: WithCopyFacts,
  signal: AbortSignal,
): Promise<Pick<WithCopyFacts, 'copyFacts'>> {
  if (copyFactsOf(draft)) return {};
  const key = about(draft);
  try {
    const from = await connections.proxy(draft.cluster);
    const to = await connections.proxy(draft.to.cluster);
    const { request } = toView(draft);
    const { total } = await fromTopic(from, request)(signal);
    const ids = async (proxy: typeof from, topic: string) =>
      (await proxy.partitions(topic, { signal })).map(({ id }) => id);
    const sources = await ids(from, draft.topic);
    const targets = await ids(to, draft.to.topic);
    const namesSchemas =
      haveTwoRegistries(connections, draft.cluster, draft.to.cluster) &&
      (await nameSchemas(from, request, signal));
    return { copyFacts: { about: key, total, sources, targets, namesSchemas } };
  } catch (error) {
    signal.throwIfAborted();
    return { copyFacts: { about: key, problem: explain(error) } };
  }
}

function about(draft: WithCopyFacts): string {
  const { cluster, topic, partitions, to } = draft;
  const { offset, last, ...range } = rangeOf(draft);
  return JSON.stringify([cluster, topic, partitions, `${offset} ${last}`, range, to]);
}
