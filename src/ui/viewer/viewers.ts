import * as vscode from 'vscode';
import { joinSentences } from '../../l10n/joinSentences';
import type { KafkaRecord } from '../../core/kafka';
import { FirstMessages } from '../../core/message/text';
import type { View } from '../../core/read/view';
import type { MessagePlace } from '../../core/read/viewLink';
import { columnOf } from '../../viewer/fieldColumn';
import { readDefinition } from '../../viewer/session/definition';
import { toTarget } from '../clusters/pick';
import { askFormats, rememberFormats } from '../decoding/decodeAs';
import type { TopicSchemas } from '../decoding/topicSchemas';
import { jsonLeaf } from '../../viewer/session/toHost';
import { askView } from '../messages/selectionPage';
import { shownRange } from '../messages/shownRange';
import type { Targets } from '../targets/targets';
import { configuredFormat, type MessageDocuments, messageUri } from '../messages/messageDocuments';
import { notify } from '../dialogs/notify';
import { describeDecodeProblem } from '../words/decodeProblem';
import { describeNotices } from '../words/readNotices';
import { runs } from '../words/remedies';
import { UserError } from '../words/report';
import { bytesSetting, timeContext } from '../base/settings';
import { messages } from '../words/counts';
import { type Display, type Picked, VIEWER_TYPE } from '../messages/view';
import { onlyThis } from './onlyThis';
import { Viewer, type ViewerOptions } from './viewer';

export interface ViewersOptions extends ViewerOptions {
  readonly documents: MessageDocuments;
  readonly schemas: TopicSchemas;
}

/** What a viewer begins with. */
export interface Opening {
  readonly filter?: string;
  /** The message to select. */
  readonly message?: MessagePlace;
}

/**
 * The open viewers. After a reload of the window, each is restored from its definition and reads
 * again.
 */
export class Viewers implements Display, vscode.Disposable {
  readonly #open = new Set<Viewer>();
  /** The viewer that has the focus, or had it last. */
  #current: Viewer | undefined;

  constructor(private readonly options: ViewersOptions) {}

  /** The viewer that a command acts on. Throws if none is open. */
  get current(): Viewer {
    if (this.#current) return this.#current;
    throw new UserError(
      vscode.l10n.t('no viewer is open'),
      vscode.l10n.t('Open messages in a viewer first'),
      runs(vscode.l10n.t('Open Messages'), 'viewMessages'),
    );
  }

  /** The viewer in the active tab, if there is one. */
  get active(): Viewer | undefined {
    return this.#current?.panel.active ? this.#current : undefined;
  }

  /** Returns the messages selected in the current viewer. Throws if there are none. */
  selected(): Picked {
    const { definition, selected } = this.current;
    if (selected.length > 0) {
      const { cluster, request, formats } = definition;
      return { cluster, topic: request.topic, records: selected, ...(formats && { formats }) };
    }
    throw new UserError(
      vscode.l10n.t('no message is selected'),
      vscode.l10n.t('Select it in the table of the viewer'),
    );
  }

  /**
   * Narrows the filter of the current viewer to messages with the keys or values of the selected
   * ones, or to what `argument` says.
   */
  async narrow(part: 'key' | 'value', argument: unknown): Promise<void> {
    const { session } = this.current;
    await session.narrow(onlyThis(argument, part, () => this.selected().records));
  }

  /** Shows what a command was called on, a place inside of JSON, as a column. */
  showAsColumn(argument: unknown): void {
    const leaf = jsonLeaf(argument);
    if (leaf && leaf.path.length > 0) {
      this.current.addField(columnOf({ part: leaf.part, steps: leaf.path }));
    }
  }

  /** Asks which other messages the current viewer should show, beginning with what it shows. */
  async changeRange(targets: Targets): Promise<void> {
    const { connections } = this.options;
    const { current } = this;
    const { cluster, request, formats } = current.definition;
    const view = await askView(
      { connections, targets },
      { cluster, topic: request.topic },
      {
        title: vscode.l10n.t('View Messages'),
        initial: shownRange(request, timeContext()),
        go: (range, topic) => vscode.l10n.t('Show {0} of {1} in this viewer', range, topic),
      },
    );
    await current.show({ ...view, ...(formats && { formats }) });
  }

  /**
   * Asks in which formats to decode: the messages of a viewer, or those of a topic. Open viewers of
   * the topic show it at once, and the setting remembers it.
   */
  async decodeAs(argument: unknown): Promise<void> {
    const { cluster, topic } = topicIn(argument) ?? topicOf(this.current.definition);
    const open = [...this.#open].filter(
      (viewer) =>
        viewer.definition.cluster === cluster && viewer.definition.request.topic === topic,
    );
    const { decoders, schemas } = this.options;
    const shown = open[0]?.session;
    const request = { topic, from: { at: 'earliest' } } as const;
    const { formats } = decoders.complete(shown?.definition ?? { cluster, request });
    const subject = {
      ...{ cluster, topic, formats },
      seen: { key: shown?.store.formats('key') ?? [], value: shown?.store.formats('value') ?? [] },
      ...exampleIn(open[0]),
    };
    // The person may have seen to it that the registry responds.
    await schemas.forgetFailures(cluster);
    const chosen = await askFormats(decoders, schemas, subject);
    await schemas.forgetFailures(cluster);
    for (const viewer of open) await viewer.decodeAs(chosen);
    await rememberFormats(subject, chosen);
  }

  /**
   * Decodes anew what the viewers of a cluster hold, because more of its schemas can be found.
   * Returns whether there are any.
   */
  async decodeAgain(cluster: string): Promise<boolean> {
    await this.options.schemas.forgetFailures(cluster);
    const open = [...this.#open].filter(({ definition }) => definition.cluster === cluster);
    for (const viewer of open) {
      await viewer.decodeAs(this.options.decoders.complete(viewer.definition).formats);
    }
    return open.length > 0;
  }

  /** Opens the messages of the current viewer as a document that can be saved. */
  async openAsDocument(): Promise<void> {
    const { session, definition } = this.current;
    const format = configuredFormat();
    const text = new FirstMessages(format, bytesSetting('consume.maxSize'), describeDecodeProblem);
    for (const batch of session.shown()) if (!text.add(batch)) break;
    const { cluster, request, range, formats } = definition;
    await this.options.documents.show({
      uri: messageUri(cluster, request.topic, `${range}@viewer`, format),
      format,
      origin: {
        cluster,
        request,
        range,
        position: session.feed.position,
        ...(formats && { formats }),
      },
      body: text.body,
      records: text.records,
    });
    const sentences = text.limited
      ? [
          vscode.l10n.t(
            'The document holds only the first {0}, because it is full (kafkaRest.consume.maxSize). Export the messages to get all of them.',
            messages(text.count),
          ),
        ]
      : [];
    if (text.tooLarge.length > 0) {
      sentences.push(...describeNotices([{ kind: 'tooLarge', messages: text.tooLarge }]));
    }
    if (sentences.length > 0) void notify('information', joinSentences(...sentences));
  }

  /** Opens a viewer and begins to read. */
  show(view: View): void {
    void this.#create(view).session.start();
  }

  /**
   * Opens a viewer with a filter, and reads. Selects a message once it is read, and tells if it is
   * not to be seen in the end.
   */
  async open(view: View, { filter = '', message }: Opening): Promise<void> {
    const { session } = this.#create(view, filter, message);
    await session.start();
    if (!message || session.feed.status !== 'done') return;
    const t = vscode.l10n.t;
    const { partition, offset } = message;
    const place = `${view.request.topic}-${partition}@${String(offset)}`;
    const isShown = await session.pointer.isShown();
    if (isShown) return;
    const text =
      isShown === undefined
        ? t('{0} is not among the messages: it may be deleted by now.', place)
        : t('The filter of the link hides {0}. Clear it to see the message.', place);
    await notify('information', text);
  }

  /** Follows a topic in a viewer, until the signal aborts or its tab closes. */
  async follow(view: View, signal: AbortSignal): Promise<void> {
    const { session } = this.#create(view);
    signal.addEventListener('abort', () => {
      void session.feed.stop();
    });
    await session.follow();
  }

  #create(view: View, filter = '', message?: MessagePlace): Viewer {
    const panel = vscode.window.createWebviewPanel(VIEWER_TYPE, '', vscode.ViewColumn.Active);
    const columns = this.options.columns.layoutOf(view.cluster, view.request.topic);
    const viewer = new Viewer(
      panel,
      { ...this.options.decoders.complete(view), filter, sort: null, span: null, columns },
      this.options,
      message,
    );
    this.#add(viewer);
    return viewer;
  }

  /**
   * Reads again what the panel showed. Where that needs consent, it waits for a click: in a
   * workspace that is not trusted, and for a cluster whose secret it would have to ask for.
   */
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const saved = typeof state === 'object' && state !== null && 'definition' in state;
    const text = saved ? state.definition : undefined;
    const definition = typeof text === 'string' ? readDefinition(text) : undefined;
    if (definition) {
      const viewer = new Viewer(panel, this.options.decoders.complete(definition), this.options);
      this.#add(viewer);
      const { connections } = this.options;
      const lacksSecret = await connections.lacksSecret(definition.cluster);
      if (vscode.workspace.isTrusted && !lacksSecret) void viewer.session.start();
      else await viewer.session.wait();
    } else panel.dispose();
  }

  dispose(): void {
    for (const { panel } of this.#open) panel.dispose();
  }

  #add(viewer: Viewer): void {
    const { panel } = viewer;
    this.#open.add(viewer);
    if (panel.active) this.#current = viewer;
    panel.onDidChangeViewState(() => {
      if (panel.active) this.#current = viewer;
    });
    panel.onDidDispose(() => {
      this.#open.delete(viewer);
      if (this.#current === viewer) this.#current = undefined;
    });
  }
}

/** Returns the first selected message of a viewer, or else the oldest one. */
function exampleIn(viewer: Viewer | undefined): { readonly example?: KafkaRecord } {
  const [record = viewer?.session.store.record(viewer.session.store.first)] =
    viewer?.selected ?? [];
  return record ? { example: record.raw } : {};
}

interface TopicOfCluster {
  readonly cluster: string;
  readonly topic: string;
}

function topicIn(argument: unknown): TopicOfCluster | undefined {
  const { cluster, topic } = toTarget(argument);
  return cluster === undefined || topic === undefined ? undefined : { cluster, topic };
}

function topicOf({ cluster, request: { topic } }: View): TopicOfCluster {
  return { cluster, topic };
}
