import * as vscode from 'vscode';
import type { Partition } from '../../core/kafka';
import type { Target } from '../clusters/pick';
import { withProgress } from '../dialogs/progress';
import { askText } from '../dialogs/questions';
import { showResult } from '../dialogs/result';
import { type Answer, mapAnswer, runWizard, type StepContext } from '../dialogs/wizard';
import { countIn, messages, partitions as partitionsInWords } from '../words/counts';
import { withRemedies } from '../words/remedies';
import { deleteOn, forget, isGone } from './deletion';
import type { AdministrationServices } from './services';
import { type ChosenTopic, givenTopic, topicStep } from './topicStep';

/**
 * Deletes a topic once the person has typed its name, and on a production cluster that of the
 * cluster too. Forgets the topic wherever it would be offered again; documents with its messages
 * stay.
 */
export async function deleteTopic(services: AdministrationServices, given: Target): Promise<void> {
  const t = vscode.l10n.t;
  const { connections } = services;
  const initial = givenTopic(services, given, 'deleteTopic');
  const { cluster, topic } = await runWizard(t('Delete Topic'), initial, [
    topicStep(services, initial, {
      ability: 'deleteTopic',
      placeholder: t('Which topic do you want to delete?'),
    }),
    { ask: (target, context) => askName(services, target, context) },
  ]);
  const again = () => deleteTopic(services, { cluster, topic });
  await withRemedies({ cluster, topic, again }, async () => {
    const what = t('Delete the topic {0} on {1}', topic, cluster);
    const proxy = await connections.toWrite(cluster, what);
    await withProgress(t('Deleting the topic {0}', topic), (signal) =>
      deleteOn(proxy, { cluster, topic }, signal),
    ).catch(async (error: unknown) => {
      if (isGone(error)) await forget(services, { cluster, topics: [topic] });
      throw error;
    });
  });
  await forget(services, { cluster, topics: [topic] });
  showResult(t('Deleted the topic {0} on {1}', topic, cluster));
}

/** Asks for the name of the topic, and says what would be lost. */
async function askName(
  { connections }: AdministrationServices,
  { cluster, topic }: ChosenTopic,
  context: StepContext,
): Promise<Answer<ChosenTopic>> {
  const t = vscode.l10n.t;
  const proxy = await connections.ready(cluster);
  const partitions = await withProgress(t('Looking at the topic {0}', topic), (signal) =>
    // A topic that cannot be described can be deleted all the same.
    proxy.partitions(topic, { signal }).catch((error: unknown) => {
      signal.throwIfAborted();
      if (isGone(error)) throw error;
      return [];
    }),
  );
  const prompt = promptFor({ cluster, topic }, partitions);
  const answer = await askText(context, {
    prompt,
    // VS Code shows this in place of the prompt.
    validate: (text) =>
      text.trim() === topic ? undefined : t('This is not the name of the topic. {0}', prompt),
  });
  return mapAnswer(answer, () => ({ cluster, topic }));
}

function promptFor({ cluster, topic }: ChosenTopic, partitions: readonly Partition[]): string {
  const t = vscode.l10n.t;
  const count = countIn(partitions);
  if (partitions.length === 0 || count === undefined) {
    return t(
      'The topic {0} on {1} will be deleted with all its messages for good. Type {0} to go on.',
      topic,
      cluster,
    );
  }
  return t(
    'The topic {0} on {1} will be deleted for good: {2} in {3}. Type {0} to go on.',
    topic,
    cluster,
    messages(count),
    partitionsInWords(partitions.length),
  );
}
