import * as vscode from 'vscode';
import type { KafkaProxy, Offset, Partition } from '../../core/kafka';
import {
  canSendRest,
  produceAll,
  type ProduceOutcome,
  restOf,
} from '../../core/produce/produceAll';
import { growthOf, type WrittenRange } from '../../core/produce/growth';
import type { CheckedRecords } from '../../core/produce/sendable';
import type { Connections } from '../clusters/connections';
import type { Targets } from '../targets/targets';
import type { TopicChanges } from '../clusters/topicChanges';
import type { Consumer } from '../messages/consume';
import type { Action } from '../dialogs/notify';
import { withProgress } from '../dialogs/progress';
import { messages } from '../words/counts';
import { remediesOf, runs, withRemedies } from '../words/remedies';
import { UserError } from '../words/report';
import type { Reporter } from '../words/reporter';
import { type Agreed, askDraft, messagesOf, newDraft, reviewDraft } from './askDraft';
import { requirePartitions } from './checkMessages';
import { type Draft, type Source, TextSource } from './draft';
import type { GivenMessage } from './given';
import { MessageEditors } from './messageEditors';
import type { ProducePageServices } from './producePage';
import { describeOutcome, type ProducedTo } from './produceOutcome';

/** How long the outcome waits for the offsets of what was produced. */
const MAX_LOOKUP_MS = 2000;

export interface ProducerServices {
  readonly connections: Connections;
  readonly targets: Targets;
  readonly consumer: Consumer;
  readonly topics: TopicChanges;
  readonly reporter: Reporter;
}

/** A draft that was agreed to on a page with this title. */
interface Origin {
  readonly title: string;
  readonly draft: Draft;
}

interface SendOptions {
  /** The proxy that the person has allowed a larger run to write to. */
  readonly granted?: KafkaProxy | undefined;
  /** What to look at again after a failure. */
  readonly origin?: Origin | undefined;
}

/** Produces text: the selection, a document, or typed text. */
export class Producer implements vscode.Disposable {
  readonly #editors = new MessageEditors();
  readonly #page: ProducePageServices;

  constructor(private readonly services: ProducerServices) {
    const { connections, targets } = services;
    const openEditor = this.#openEditor.bind(this);
    this.#page = { connections, targets, typed: { text: '', openEditor } };
  }

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
    const [text = '', ...more] = selections.map((range) => editor.document.getText(range));
    const source =
      more.length === 0
        ? new TextSource(text, 'selection')
        : { records: [text, ...more].map((value) => ({ value })) };
    await this.#produce(vscode.l10n.t('Produce Selection'), given, source);
  }

  async produceDocument(editor: vscode.TextEditor | undefined, given: GivenMessage): Promise<void> {
    const source = new TextSource(editor?.document.getText() ?? '', 'document');
    if (!editor || source.withoutFinalLineBreak === '') {
      throw new UserError(
        vscode.l10n.t('there is no text to produce'),
        vscode.l10n.t('Open a document that holds the messages'),
      );
    }
    const target = this.#editors.targetOf(editor.document);
    await this.#produce(vscode.l10n.t('Produce Document'), { ...target, ...given }, source);
  }

  /** Produces one message, and asks for its text if it is not given. */
  async produceMessage(given: GivenMessage): Promise<void> {
    const source = given.text === undefined ? undefined : new TextSource(given.text, 'typed');
    await this.#produce(vscode.l10n.t('Produce Message'), given, source);
  }

  /**
   * Sends the records with progress and reports the outcome. In a larger run, `granted` is the
   * proxy that the person has allowed the run to write to. Returns the outcome.
   */
  async send(
    cluster: string,
    topic: string,
    checked: CheckedRecords,
    granted?: KafkaProxy,
  ): Promise<ProduceOutcome> {
    return this.#send({ cluster, topic }, checked, { granted });
  }

  dispose(): void {
    this.#editors.dispose();
  }

  async #openEditor(target: ProducedTo, text: string): Promise<void> {
    await this.#editors.open(target, text);
    this.#page.typed.text = '';
  }

  async #produce(title: string, given: GivenMessage, source: Source | undefined): Promise<void> {
    await this.#sendAgreed(title, await askDraft(this.#page, title, given, source));
  }

  /** Sends what the person has agreed to. A failure offers to look at it again and change it. */
  async #sendAgreed(title: string, agreed: Agreed): Promise<void> {
    const { draft } = agreed;
    const { cluster, topic } = draft;
    await this.services.targets.used({ cluster, topic });
    const origin = { title, draft };
    await withRemedies({ cluster, topic, again: () => this.#again(origin) }, async () => {
      const { capabilities } = await this.services.connections.ready(cluster);
      await this.#send({ cluster, topic }, messagesOf(agreed, capabilities), { origin });
    });
  }

  async #again({ title, draft }: Origin): Promise<void> {
    await this.#sendAgreed(title, await reviewDraft(this.#page, title, draft));
  }

  async #send(
    to: ProducedTo,
    checked: CheckedRecords,
    { granted, origin }: SendOptions,
  ): Promise<ProduceOutcome> {
    const { cluster, topic } = to;
    const { outcome, before, growth } = await this.#write(to, checked, granted);
    const { topics, reporter } = this.services;
    topics.tell({ cluster, topic });
    const { records } = checked;
    const { severity, text } = describeOutcome(outcome, to, records, growth);
    if (severity === 'information' && origin && isTyped(origin.draft)) this.#page.typed.text = '';
    const since = new Map(before.map(({ id, latest }) => [id, latest]));
    void reporter.tell(severity, text, [
      ...this.#viewing(to, outcome, since),
      ...this.#sendingAgain(to, checked, outcome, origin),
      ...(severity === 'information' ? [] : [reporter.showLog]),
    ]);
    return outcome;
  }

  /** Returns the outcome, the partitions as they were before, and how they have grown. */
  async #write({ cluster, topic }: ProducedTo, checked: CheckedRecords, granted?: KafkaProxy) {
    const t = vscode.l10n.t;
    const { records } = checked;
    const count = messages(records.length);
    const what = t('Produce {0} to {1} on {2}', count, topic, cluster);
    const proxy = granted ?? (await this.services.connections.toWrite(cluster, what));
    return withProgress(t('Producing {0} to {1}', count, topic), async (signal, progress) => {
      const before = await proxy.partitions(topic, { signal });
      requirePartitions(records, new Set(before.map(({ id }) => id)));
      const onProgress = ({ accepted, total }: { accepted: number; total: number }) => {
        progress.report({ message: `${Math.floor((100 * accepted) / total)} %` });
      };
      const outcome = await produceAll(proxy, topic, checked, { signal, onProgress });
      const growth = lacksOffsets(outcome)
        ? await growthSince(proxy, topic, before, outcome.accepted.count)
        : undefined;
      return { outcome, before, growth };
    });
  }

  /** Returns the action that shows what was written, or may have been. */
  #viewing(
    { cluster, topic }: ProducedTo,
    { accepted, unclear }: ProduceOutcome,
    since: ReadonlyMap<number, Offset>,
  ): readonly Action[] {
    if (accepted.count + unclear.count === 0) return [];
    const run = () => this.services.consumer.consumeSince(cluster, topic, since);
    return [{ title: vscode.l10n.t('View Messages'), run }];
  }

  /** Returns the actions for what was certainly not written: those that can help. */
  #sendingAgain(
    to: ProducedTo,
    checked: CheckedRecords,
    outcome: ProduceOutcome,
    origin: Origin | undefined,
  ): readonly Action[] {
    const rest = restOf(checked, outcome);
    if (rest.records.length === 0) return [];
    const left = origin && { ...origin, draft: draftOfRest(origin.draft, rest, outcome) };
    const again = left && (() => this.#again(left));
    if (canSendRest(outcome)) {
      const context = { ...to, again };
      const run = () => withRemedies(context, () => this.#send(to, rest, { origin: left }));
      return [{ title: vscode.l10n.t('Send the Rest'), run }];
    }
    return [
      ...(outcome.error ? remediesOf(outcome.error, to) : []),
      ...(again ? [{ title: vscode.l10n.t('Try Again'), run: again }] : []),
    ];
  }
}

/** Whether records were accepted at offsets that the response does not name. */
function lacksOffsets({ accepted, unclear, results, aborted }: ProduceOutcome): boolean {
  if (accepted.count === 0 || unclear.count > 0 || aborted) return false;
  return results.some((result) => result.status === 'accepted' && result.offset === undefined);
}

/** Returns how the partitions have grown, unless the proxy does not say so soon. */
async function growthSince(
  proxy: KafkaProxy,
  topic: string,
  before: readonly Partition[],
  accepted: number,
): Promise<readonly WrittenRange[] | undefined> {
  try {
    const signal = AbortSignal.timeout(MAX_LOOKUP_MS);
    return growthOf(before, await proxy.partitions(topic, { signal }), accepted);
  } catch {
    // What was produced is reported without its offsets.
    return undefined;
  }
}

/** Returns a draft of what was certainly not written, which is the whole draft if nothing was. */
function draftOfRest(draft: Draft, rest: CheckedRecords, outcome: ProduceOutcome): Draft {
  if (outcome.accepted.count + outcome.unclear.count === 0) return draft;
  return newDraft(draft, { records: rest.records });
}

function isTyped({ source }: Draft): boolean {
  return source instanceof TextSource && source.origin === 'typed';
}
