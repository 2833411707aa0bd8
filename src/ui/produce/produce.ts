import * as vscode from 'vscode';
import type { KafkaProxy } from '../../core/kafka';
import { produceAll, type ProduceOutcome, restOf } from '../../core/produce/produceAll';
import type { CheckedRecords } from '../../core/produce/sendable';
import type { Connections } from '../clusters/connections';
import type { TopicChanges } from '../clusters/topicChanges';
import type { Consumer } from '../messages/consume';
import type { Action } from '../dialogs/notify';
import { describeOutcome } from './produceOutcome';
import { askMessages, type GivenMessage } from './produceWizard';
import { withProgress } from '../dialogs/progress';
import { runs } from '../words/remedies';
import { UserError } from '../words/report';
import type { Reporter } from '../words/reporter';
import { messages } from '../words/counts';

/** Produces text: the selection, a document, or typed text. */
export class Producer {
  constructor(
    private readonly connections: Connections,
    private readonly consumer: Consumer,
    private readonly topics: TopicChanges,
    private readonly reporter: Reporter,
  ) {}

  /**
   * Produces the selection. One selection is one message, or several if it parses as several.
   * Several selections are one message each.
   */
  async produceSelection(
    editor: vscode.TextEditor | undefined,
    given: GivenMessage,
  ): Promise<void> {
    const selections = editor?.selections.filter(({ isEmpty }) => !isEmpty) ?? [];
    if (!editor || selections.length === 0) {
      throw new UserError(
        vscode.l10n.t('nothing is selected'),
        vscode.l10n.t('Select the text to produce, or produce the whole document'),
        runs(vscode.l10n.t('Produce Document'), 'produceDocument', given),
      );
    }
    const title = vscode.l10n.t('Produce Selection');
    const texts = selections.map((selection) => editor.document.getText(selection));
    await this.#produce(title, given, texts);
  }

  async produceDocument(editor: vscode.TextEditor | undefined, given: GivenMessage): Promise<void> {
    const text = editor?.document.getText();
    if (!text) {
      throw new UserError(
        vscode.l10n.t('there is no text to produce'),
        vscode.l10n.t('Open a document that holds the messages'),
      );
    }
    await this.#produce(vscode.l10n.t('Produce Document'), given, [text]);
  }

  /** Produces one message, and asks for its text if it is not given. */
  async produceMessage(given: GivenMessage): Promise<void> {
    const texts = given.text === undefined ? [] : [given.text];
    await this.#produce(vscode.l10n.t('Produce Message'), given, texts);
  }

  async #produce(title: string, given: GivenMessage, texts: readonly string[]): Promise<void> {
    const answer = await askMessages(this.connections, title, given, texts);
    await this.send(answer.cluster, answer.topic, answer.records);
  }

  /**
   * Sends the records with progress and reports the outcome. Records that were certainly not
   * written can be sent again from the report. In a larger run, `granted` is the proxy that the
   * person has allowed the run to write to. Returns the outcome.
   */
  async send(
    cluster: string,
    topic: string,
    checked: CheckedRecords,
    granted?: KafkaProxy,
  ): Promise<ProduceOutcome> {
    const t = vscode.l10n.t;
    const { records } = checked;
    const count = messages(records.length);
    const proxy =
      granted ??
      (await this.connections.toWrite(
        cluster,
        t('Produce {0} to {1} on {2}', count, topic, cluster),
      ));
    const title = t('Producing {0} to {1}', count, topic);
    const { outcome, before } = await withProgress(title, async (signal, progress) => {
      const before = await proxy.partitions(topic, { signal });
      const onProgress = ({ accepted, total }: { accepted: number; total: number }) => {
        progress.report({ message: `${Math.floor((100 * accepted) / total)} %` });
      };
      const outcome = await produceAll(proxy, topic, checked, { signal, onProgress });
      return { outcome, before };
    });

    this.topics.tell({ cluster, topic });
    const { severity, text } = describeOutcome(outcome, topic, records);
    const viewMessages: Action = {
      title: vscode.l10n.t('View Messages'),
      run: () =>
        this.consumer.consumeSince(
          cluster,
          topic,
          new Map(before.map(({ id, latest }) => [id, latest])),
        ),
    };
    const rest = restOf(checked, outcome);
    const sendRest: Action = {
      title: vscode.l10n.t('Send the Rest'),
      run: () => this.send(cluster, topic, rest),
    };
    void this.reporter.tell(severity, text, [
      ...(outcome.accepted.count + outcome.unclear.count > 0 ? [viewMessages] : []),
      ...(rest.records.length > 0 ? [sendRest] : []),
      ...(severity === 'information' ? [] : [this.reporter.showLog]),
    ]);
    return outcome;
  }
}
