import * as vscode from 'vscode';
import { listed } from '../../l10n/listed';
import { withOnlyAble } from '../clusters/pick';
import { withProgress } from '../dialogs/progress';
import { askMany, askText } from '../dialogs/questions';
import { showResult } from '../dialogs/result';
import { mapAnswer, runWizard, type Step } from '../dialogs/wizard';
import type { GivenTopics } from '../targets/givenTopics';
import { topics as topicsInWords } from '../words/counts';
import { withRemedies } from '../words/remedies';
import { explain, UserError } from '../words/report';
import { deleteOn, forget, isGone } from './deletion';
import type { AdministrationServices } from './services';

/** How many names the question shows. More are shown as a list before it. */
const MAX_NAMES = 10;

/**
 * Deletes topics of a cluster once the person has seen their names and typed their number, and on a
 * production cluster its name too. A topic that cannot be deleted does not keep the others. Rejects
 * with a `UserError` that names those that failed; trying again takes only them.
 */
export async function deleteTopics(
  services: AdministrationServices,
  given: GivenTopics,
): Promise<void> {
  const t = vscode.l10n.t;
  const { connections } = services;
  const { cluster } = given;
  withOnlyAble({ cluster }, connections, 'deleteTopic');
  const { topics } = await runWizard(t('Delete Topics'), given, [
    chooseStep(given),
    confirmStep(given),
  ]);
  const count = topicsInWords(topics.length);
  const deletion = new Deletion(services, cluster);
  await withRemedies({ cluster, again: () => deleteTopics(services, given) }, async () => {
    const proxy = await connections.toWrite(cluster, t('Delete {0} on {1}', count, cluster));
    await withProgress(t('Deleting {0} on {1}', count, cluster), async (signal, progress) => {
      for (const topic of topics) {
        signal.throwIfAborted();
        progress.report({ message: topic });
        await deletion.of(topic, deleteOn(proxy, { cluster, topic }, signal), signal);
        progress.report({ increment: 100 / topics.length });
      }
    }).finally(() => deletion.end(topics.length));
  });
  const left = [...deletion.failed.values()].flat();
  if (left.length === 0) return;
  const again = () => deleteTopics(services, { cluster, topics: left });
  await withRemedies({ cluster, again }, () => Promise.reject(deletion.failure(topics.length)));
}

/** Shows the names of many topics, any of which can be taken out. */
function chooseStep({ topics }: GivenTopics): Step<GivenTopics> {
  return {
    skip: () => topics.length <= MAX_NAMES,
    ask: async (_, context) => {
      const placeholder = vscode.l10n.t('Which topics do you want to delete?');
      const choices = topics.map((label) => ({ label, choice: label }));
      const answer = await askMany(context, placeholder, () => Promise.resolve(choices));
      return mapAnswer(answer, (chosen) => ({ topics: chosen }));
    },
  };
}

function confirmStep({ cluster }: GivenTopics): Step<GivenTopics> {
  const t = vscode.l10n.t;
  return {
    ask: async ({ topics }, context) => {
      const number = String(topics.length);
      const more = topics.length - MAX_NAMES;
      const names = listed([
        ...topics.slice(0, MAX_NAMES),
        ...(more > 0 ? [t('{0} more', more)] : []),
      ]);
      const prompt = t(
        '{0} on {1} are deleted with all their messages for good: {2}. Type {3} to go on.',
        topicsInWords(topics.length),
        cluster,
        names,
        number,
      );
      const answer = await askText(context, {
        prompt,
        // VS Code shows this in place of the prompt.
        validate: (text) =>
          text.trim() === number ? undefined : t('This is not the number of topics. {0}', prompt),
      });
      return mapAnswer(answer, () => ({}));
    },
  };
}

/** What has become of each topic. */
class Deletion {
  readonly #deleted: string[] = [];
  /** The topics that failed, by the reason. */
  readonly failed = new Map<string, string[]>();
  #firstError: unknown;

  constructor(
    private readonly services: AdministrationServices,
    private readonly cluster: string,
  ) {}

  /** Notes how the deletion of a topic ends. Rejects only with the reason of the signal. */
  async of(topic: string, deleted: Promise<void>, signal: AbortSignal): Promise<void> {
    try {
      await deleted;
    } catch (error) {
      signal.throwIfAborted();
      // Somebody else was faster.
      if (!isGone(error)) {
        this.#firstError ??= error;
        const { reason } = explain(error);
        this.failed.set(reason, [...(this.failed.get(reason) ?? []), topic]);
        return;
      }
    }
    this.#deleted.push(topic);
  }

  /** Forgets the topics that are gone, and says how many of `total` there are. */
  async end(total: number): Promise<void> {
    const t = vscode.l10n.t;
    const { cluster } = this;
    const deleted = this.#deleted;
    await forget(this.services, { cluster, topics: deleted });
    showResult(
      deleted.length === total
        ? t('Deleted {0} on {1}', topicsInWords(total), cluster)
        : t('Deleted {0} of {1} on {2}', deleted.length, topicsInWords(total), cluster),
    );
  }

  /** Returns an error that names the topics of `total` that failed. */
  failure(total: number): UserError {
    const t = vscode.l10n.t;
    const reasons = [...this.failed].map(([reason, topics]) => `${listed(topics)} (${reason})`);
    const count = [...this.failed.values()].flat().length;
    const { advice } = explain(this.#firstError);
    return new UserError(
      t(
        '{0} of {1} on {2} failed: {3}',
        count,
        topicsInWords(total),
        this.cluster,
        listed(reasons),
      ),
      advice,
      'tryAgain',
    );
  }
}
