import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { RecordFormats } from '../../core/message/codec';
import type { DecodedRecord } from '../../core/message/decoded';
import type { View } from '../../core/read/view';
import type { MessagePlace } from '../../core/read/viewLink';
import { oneLine } from '../../core/text/visible';
import type { BufferPool } from '../../viewer/store/bufferPool';
import type { FieldColumn } from '../../viewer/fieldColumn';
import type { ViewerDefinition } from '../../viewer/session/definition';
import type {
  Action as ActionName,
  JsonLeaf,
  Sequence,
  ToHost,
  ToWebview,
} from '../../viewer/protocol';
import { ViewerSession } from '../../viewer/session/session';
import { parseToHost } from '../../viewer/session/toHost';
import { marksOf } from '../words/clusterMarks';
import type { Connections } from '../clusters/connections';
import type { Decoders } from '../decoding/decoders';
import type { Action } from '../dialogs/notify';
import { withProgress } from '../dialogs/progress';
import { actionsFor } from '../words/remedies';
import { timeContext, viewerLimits } from '../base/settings';
import type { ColumnMemory } from './columnMemory';
import { viewerHtml } from './viewerHtml';
import { viewerWording } from './viewerWording';

export interface ViewerOptions {
  readonly connections: Connections;
  readonly decoders: Decoders;
  /** Shared by all viewers, so that a closed one leaves its memory to the next. */
  readonly buffers: BufferPool;
  /** The folder of the bundles. */
  readonly dist: vscode.Uri;
  readonly columns: ColumnMemory;
}

/** A tab with a table of messages. */
export class Viewer {
  #session: ViewerSession;
  #selection: readonly Sequence[] = [];
  /** What is offered against the problem that ended the read. */
  #remedies: readonly Action[] = [];

  constructor(
    readonly panel: vscode.WebviewPanel,
    definition: ViewerDefinition,
    private readonly options: ViewerOptions,
    pointed?: MessagePlace,
  ) {
    const { dist } = options;
    const icon = (theme: string) => vscode.Uri.joinPath(dist, `../media/viewer-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.#session = this.#open(definition, pointed);
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const request = parseToHost(message);
      if (request) this.#handle(request);
    });
    const changes = options.connections.clusters.onDidChange(() => {
      this.#postMarks();
    });
    panel.onDidDispose(() => {
      changes.dispose();
      void this.#session.dispose();
    });
    panel.webview.html = viewerHtml(panel.webview, dist);
  }

  get session(): ViewerSession {
    return this.#session;
  }

  get definition(): ViewerDefinition {
    return this.#session.definition;
  }

  /** The messages that are selected in the table and still in memory. */
  get selected(): readonly DecodedRecord[] {
    return this.#session.records(this.#selection);
  }

  /** Puts the focus into the filter. */
  focusFilter(): void {
    this.panel.reveal();
    this.#post({ type: 'focusFilter' });
  }

  /** Shows a field of the messages as a column. */
  addField(field: FieldColumn): void {
    this.#post({ type: 'addField', field });
  }

  /** Shows another read in the same tab; filter, order and columns stay. */
  async show(view: View): Promise<void> {
    const { filter, sort, columns, request } = this.definition;
    await this.#session.dispose();
    const shown = this.options.decoders.complete(view);
    const isSame = view.request.topic === request.topic && view.cluster === this.definition.cluster;
    const layout = isSame
      ? columns
      : this.options.columns.layoutOf(view.cluster, view.request.topic);
    this.#session = this.#open({ ...shown, filter, sort, span: null, columns: layout });
    // Sequence numbers and versions start again, so the page must start again as well.
    this.#selection = [];
    this.panel.webview.html = viewerHtml(this.panel.webview, this.options.dist);
    await this.#session.start();
  }

  #open(definition: ViewerDefinition, pointed?: MessagePlace): ViewerSession {
    const { connections, buffers, dist } = this.options;
    const { cluster } = definition;
    this.panel.title = viewerTitle(definition);
    return new ViewerSession({
      proxy: () => connections.ready(definition.cluster),
      definition,
      openDecoder: (view) => this.options.decoders.open(view),
      ...(pointed && { pointed }),
      limits: viewerLimits(),
      buffers,
      startWorker: () => new Worker(vscode.Uri.joinPath(dist, 'filterWorker.js').fsPath),
      timeContext,
      wording: viewerWording,
      remedies: (error) => {
        this.#remedies = actionsFor(error, { cluster, topic: definition.request.topic });
        return this.#remedies.map(({ title }) => title);
      },
      post: (message) => {
        this.#post(message);
      },
    });
  }

  /** Decodes what the viewer holds, and what it will read, in other formats. */
  async decodeAs(formats: RecordFormats): Promise<void> {
    const { topic } = this.definition.request;
    await withProgress(vscode.l10n.t('Decoding {0}', topic), (signal, progress) =>
      this.#session.decodeAs(formats, signal, (done, all) => {
        const percent = Math.floor((100 * done) / all);
        progress.report({ message: vscode.l10n.t('{0} %', percent) });
      }),
    );
  }

  async #openSchema(sequence: Sequence, part: 'key' | 'value'): Promise<void> {
    const [record] = this.#session.records([sequence]);
    const schema = record?.shown?.[part]?.facts?.schema;
    if (schema) {
      await vscode.commands.executeCommand('kafkaRest.openSchema', {
        cluster: this.definition.cluster,
        ...schema,
      });
    }
  }

  #postMarks(): void {
    const cluster = this.options.connections.clusters.get(this.definition.cluster);
    const marks = cluster ? marksOf(cluster.definition).map(({ sentence }) => sentence) : [];
    this.#post({ type: 'marks', marks });
  }

  #post(message: ToWebview): void {
    void this.panel.webview.postMessage(message);
  }

  #handle(request: ToHost): void {
    const { type } = request;
    if (type === 'ready') this.#postMarks();
    if (type === 'selection' || type === 'action') this.#selection = request.sequences;
    if (type === 'columns') {
      const { cluster, request: read } = this.definition;
      void this.options.columns.remember(cluster, read.topic, request.columns);
    }
    if (type === 'selection') return;
    if (type === 'openSchema') {
      void this.#openSchema(request.sequence, request.part);
      return;
    }
    if (type === 'changeLimits') void showLimits();
    else if (type === 'action') void run(request.action);
    else if (type === 'only') void run('onlyThisValue', request.leaf);
    else if (type === 'remedy') void this.#remedies[request.index]?.run();
    else if (
      type === 'decodeAs' ||
      type === 'changeRange' ||
      type === 'exportMessages' ||
      type === 'openAsDocument'
    ) {
      void run(type);
    } else void this.#session.handle(request);
  }
}

/** Runs a command, which reports its failures itself. */
function run(command: ToHost['type'] | ActionName, argument?: JsonLeaf): Thenable<unknown> {
  return vscode.commands.executeCommand(`kafkaRest.${command}`, argument);
}

/** Opens the settings at those that say how many messages a viewer holds. */
function showLimits(): Thenable<unknown> {
  return vscode.commands.executeCommand('workbench.action.openSettings', 'kafkaRest.viewer.max');
}

/**
 * Returns the title, which is the document's name without its file extension: "orders@latest-100".
 */
function viewerTitle({ request, range }: View): string {
  return oneLine(`${request.topic}${range}`);
}
