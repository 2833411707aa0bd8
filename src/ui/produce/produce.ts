import * as vscode from 'vscode';
import { joinSentences } from '../../l10n/joinSentences';
import type { KafkaProxy, Offset, Partition } from '../../core/kafka';
import {
  canSendRest,
  produceAll,
  type ProduceOutcome,
  type ProduceProgress,
  restOf,
} from '../../core/produce/produceAll';
import { endsOf, type WrittenPlace } from '../../core/produce/places';
import type { CheckedRecords } from '../../core/produce/sendable';
import type { Connections } from '../clusters/connections';
import type { Targets } from '../targets/targets';
import type { TopicChanges } from '../clusters/topicChanges';
import type { Consumer } from '../messages/consume';
import type { Action, Severity } from '../dialogs/notify';
import { withProgress } from '../dialogs/progress';
import { messages } from '../words/counts';
import { remediesOf, runs, withRemedies } from '../words/remedies';
import { UserError } from '../words/report';
import type { Reporter } from '../words/reporter';
import { type Agreed, askDraft, messagesOf, reviewDraft } from './askDraft';
import { requirePartitions } from './checkMessages';
import {
  type Draft,
  draftOfRest,
  encodingFor,
  needsEncoding,
  type Source,
  TextSource,
} from './draft';
import { findPlaces } from './findPlaces';
import type { GivenMessage } from './given';
import { MessageEditors } from './messageEditors';
import type { MessageFormats } from './messageFormats';
import type { ProducePageServices } from './producePage';
import { describeOutcome, type ProducedTo } from './produceOutcome';

export interface ProducerServices {
  readonly connections: Connections;
  readonly targets: Targets;
  readonly consumer: Consumer;
  readonly topics: TopicChanges;
  readonly reporter: Reporter;
  readonly formats: MessageFormats;
}

/** What became of messages, in a sentence, and what a person may do next. */
export interface SendResult {
  readonly outcome: ProduceOutcome;
  /** Where the messages were written, if it is known and they all were. */
  readonly places?: readonly WrittenPlace[] | undefined;
  readonly severity: Severity;
  readonly text: string;
  readonly actions: readonly Action[];
}

/** Shows how a run goes and how it ended where the person started it. */
export interface SendView {
  progress(progress: ProduceProgress): void;
  ended(result: SendResult): void;
}

export interface SendOptions {
  /** In a larger run, the proxy that the person has allowed the run to write to. */
  readonly granted?: KafkaProxy | undefined;
  readonly view?: SendView | undefined;
}

/** A draft that was agreed to on a page with this title. */
interface Origin {
  readonly title: string;
  readonly draft: Draft;
}

interface Options extends SendOptions {
  /** What to look at again after a failure. */
  readonly origin?: Origin | undefined;
}

/** Produces text: the selection, a document, or typed text. */
export class Producer implements vscode.Disposable {
  readonly #editors = new MessageEditors();
  readonly #page: ProducePageServices;

  constructor(private readonly services: ProducerServices) {
    const { connections, targets, formats } = services;
    const openEditor = this.#openEditor.bind(this);
    this.#page = { connections, targets, formats, typed: { text: '', openEditor } };
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
    await this.#produce(vscode.l10n.t('Produce Selection'), given, source, editor.document.uri);
  }

  async produceDocument(editor: vscode.TextEditor | undefined, given: GivenMessage): Promise<void> {
    const source = new TextSource(editor?.document.getText() ?? '', 'document');
    if (!editor || source.withoutFinalLineBreak === '') {
      throw new UserError(
        vscode.l10n.t('there is no text to produce'),
        vscode.l10n.t('Open a document that holds the messages'),
      );
    }
    const { document } = editor;
    const target = { ...this.#editors.targetOf(document), ...given };
    await this.#produce(vscode.l10n.t('Produce Document'), target, source, document.uri);
  }

  /** Produces one message, and asks for its text if it is not given. */
  async produceMessage(given: GivenMessage): Promise<void> {
    const source = given.text === undefined ? undefined : new TextSource(given.text, 'typed');
    await this.#produce(vscode.l10n.t('Produce Message'), given, source);
  }

  /**
   * Sends the records with progress and reports the outcome. Records that were certainly not
   * written can be sent again from the report, where that can help. Returns the outcome.
   */
  async send(
    cluster: string,
    topic: string,
    checked: CheckedRecords,
    options: SendOptions = {},
  ): Promise<ProduceOutcome> {
    return this.#send({ cluster, topic }, checked, options);
  }

  dispose(): void {
    this.#editors.dispose();
  }

  async #openEditor(target: ProducedTo, text: string): Promise<void> {
    await this.#editors.open(target, text);
    this.#page.typed.text = '';
  }

  async #produce(
    title: string,
    given: GivenMessage,
    source: Source | undefined,
    uri?: vscode.Uri,
  ): Promise<void> {
    await this.#sendAgreed(title, await askDraft(this.#page, title, given, source, uri));
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

  async #send(to: ProducedTo, checked: CheckedRecords, options: Options): Promise<ProduceOutcome> {
    const { cluster, topic } = to;
    const { view, origin } = options;
    const { outcome, before, places } = await this.#write(to, checked, options);
    const { topics, reporter } = this.services;
    topics.tell({ cluster, topic });
    const described = describeOutcome(outcome, to, checked.records, places);
    const { severity } = described;
    const text = withSchema(described.text, outcome, origin?.draft);
    if (severity === 'information' && origin && isTyped(origin.draft)) this.#page.typed.text = '';
    const since = startsOf(places, before);
    const actions = [
      ...this.#viewing(to, outcome, since),
      ...this.#sendingAgain(to, checked, outcome, options),
      ...(severity === 'information' ? [] : [reporter.showLog]),
    ];
    view?.ended({ outcome, places, severity, text, actions });
    void reporter.tell(severity, text, actions);
    return outcome;
  }

  /** Returns the outcome, the partitions as they were before, and where the records are. */
  async #write({ cluster, topic }: ProducedTo, checked: CheckedRecords, options: Options) {
    const t = vscode.l10n.t;
    const { granted, view } = options;
    const { records } = checked;
    const count = messages(records.length);
    const what = t('Produce {0} to {1} on {2}', count, topic, cluster);
    const proxy = granted ?? (await this.services.connections.toWrite(cluster, what));
    return withProgress(t('Producing {0} to {1}', count, topic), async (signal, shown) => {
      const before = await proxy.partitions(topic, { signal });
      requirePartitions(records, new Set(before.map(({ id }) => id)));
      const onProgress = (progress: ProduceProgress) => {
        view?.progress(progress);
        shown.report({ message: `${Math.floor((100 * progress.accepted) / progress.total)} %` });
      };
      const outcome = await produceAll(proxy, topic, checked, { signal, onProgress });
      const places = await findPlaces(proxy, topic, before, outcome, records);
      return { outcome, before, places };
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
    { origin, view }: Options,
  ): readonly Action[] {
    const rest = restOf(checked, outcome);
    if (rest.records.length === 0) return [];
    const left = origin && { ...origin, draft: draftOfRest(origin.draft, rest, outcome) };
    const again = left && (() => this.#again(left));
    if (canSendRest(outcome)) {
      const context = { ...to, again };
      const run = () => withRemedies(context, () => this.#send(to, rest, { origin: left, view }));
      return [{ title: vscode.l10n.t('Send the Rest'), run }];
    }
    return [
      ...(outcome.error ? remediesOf(outcome.error, to) : []),
      ...(again ? [{ title: vscode.l10n.t('Try Again'), run: again }] : []),
    ];
  }
}

/** Returns the offset of each partition behind which the written messages are. */
function startsOf(
  places: readonly WrittenPlace[] = [],
  before: readonly Partition[],
): ReadonlyMap<number, Offset> {
  const firsts = places.flatMap(({ partition, offsets }): [number, Offset][] =>
    offsets ? [[partition, offsets.first]] : [],
  );
  return new Map([...firsts, ...endsOf(before)]);
}

/** Adds by which schema what was written, or may have been, is encoded. */
function withSchema(
  text: string,
  { accepted, unclear }: ProduceOutcome,
  draft: Draft | undefined,
): string {
  const schema = draft && needsEncoding(draft) ? (encodingFor(draft)?.schema ?? '') : '';
  if (schema === '' || accepted.count + unclear.count === 0) return text;
  return joinSentences(text, vscode.l10n.t('Encoded by {0}.', schema));
}

function isTyped({ source }: Draft): boolean {
  return source instanceof TextSource && source.origin === 'typed';
}
