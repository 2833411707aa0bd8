import * as vscode from 'vscode';
import { KafkaError } from '../../core/errors';
import type { KafkaProxy } from '../../core/kafka';
import { unsupported } from '../clusters/abilities';
import type { GivenTopics } from '../targets/givenTopics';
import { UserError } from '../words/report';
import type { AdministrationServices } from './services';
import type { ChosenTopic } from './topicStep';

/** Deletes a topic. Rejects with a `UserError` if the REST proxy does not offer that. */
export async function deleteOn(
  proxy: KafkaProxy,
  { cluster, topic }: ChosenTopic,
  signal: AbortSignal,
): Promise<void> {
  if (!proxy.deleteTopic) {
    throw new UserError(
      unsupported(cluster, 'deleteTopic'),
      vscode.l10n.t('Choose another cluster'),
    );
  }
  await proxy.deleteTopic(topic, { signal });
}

/** Returns whether a failure says that the topic is not there. */
export function isGone(error: unknown): boolean {
  return error instanceof KafkaError && error.kind === 'not-found';
}

/** Takes topics that are gone out of everything that offers topics. */
export async function forget(
  { pins, targets, topics: changes }: AdministrationServices,
  { cluster, topics }: GivenTopics,
): Promise<void> {
  const pinned = pins.of(cluster);
  if (topics.some((topic) => pinned.has(topic))) {
    // The topics are gone all the same; a pin that is left shows nothing.
    await pins.set(cluster, topics, false).catch(() => undefined);
  }
  for (const topic of topics) await targets.forget({ cluster, topic });
  changes.tell({ cluster });
}
