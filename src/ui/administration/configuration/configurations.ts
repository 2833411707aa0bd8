import * as vscode from 'vscode';
import type { TopicProperty } from '../../../core/administration';
import { inabilityOf } from '../../../core/cluster/abilities';
import { KafkaError } from '../../../core/errors';
import { propertiesText, setProperties } from '../../../core/topicProperties/text';
import { withProgress } from '../../dialogs/progress';
import type { Explanation } from '../../base/explanation';
import type { FileStore } from '../../base/filesOnDemand';
import { capitalise, sentences } from '../../words/sentences';
import { withRemedies } from '../../words/remedies';
import { explain, isCancelled } from '../../words/report';
import type { AdministrationServices } from '../services';
import { applyChanges } from './applyChanges';
import {
  configurationUri,
  type ConfiguredTopic,
  configuredTopic,
  isOnCluster,
  onCluster,
} from './configurationUri';
import { textWords } from './textWords';

/** The configuration of a topic as it was read from the cluster. */
export interface Snapshot {
  readonly properties: readonly TopicProperty[];
  /** The lines that the text began with, by name. */
  readonly set: ReadonlyMap<string, string>;
  readonly content: Uint8Array;
  /** Epoch milliseconds; VS Code reads the text again when it changes. */
  readonly at: number;
}

/** The configurations of topics that are open as documents, by their addresses. */
export class Configurations implements FileStore, vscode.Disposable {
  readonly #snapshots = new Map<string, Snapshot>();
  readonly #reading = new Map<string, Promise<Snapshot>>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;
  /** Those that were applied, and that VS Code has not finished to save. */
  readonly #applied = new Set<string>();

  readonly onDidChange = this.#changed.event;

  constructor(private readonly services: AdministrationServices) {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      // A text that is being saved is not read again, so it is too early before that.
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        const snapshot = this.of(uri);
        if (!this.#applied.delete(keyOf(uri)) || !snapshot) return;
        this.#snapshots.set(keyOf(uri), { ...snapshot, at: this.#later(uri) });
        this.#tell(uri);
      }),
    );
  }

  /** Returns what a document was opened with, if that is known. */
  of(uri: vscode.Uri): Snapshot | undefined {
    return this.#snapshots.get(keyOf(uri));
  }

  /** Shows the configuration of a topic, as it is now unless the document has unsaved changes. */
  async open(target: ConfiguredTopic): Promise<vscode.TextEditor> {
    const { cluster, topic } = target;
    const uri = configurationUri(target);
    await this.services.connections.ready(cluster);
    const again = () => this.open(target);
    await withRemedies({ cluster, topic, again }, () =>
      withProgress(vscode.l10n.t('Reading the configuration of {0}', topic), async (signal) => {
        const isEdited = vscode.workspace.textDocuments.some(
          (document) => document.isDirty && document.uri.toString() === uri.toString(),
        );
        if (isEdited && this.of(uri)) return;
        await this.#read(uri, signal);
        this.#tell(uri);
      }),
    );
    return vscode.window.showTextDocument(uri, { preview: false });
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { at, content } = await worded(() => this.#get(uri));
    const isFixed = isOnCluster(uri) || !this.#canChange(uri);
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime: at,
      size: content.length,
      ...(isFixed && { permissions: vscode.FilePermission.Readonly }),
    };
  }

  async read(uri: vscode.Uri): Promise<Uint8Array> {
    return (await worded(() => this.#get(uri))).content;
  }

  async write(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    await worded(() => this.#apply(uri, new TextDecoder().decode(content)));
  }

  /**
   * Makes the changes of a document and then saves it. VS Code's own way to save calls it a failure
   * if the person does not agree.
   */
  async save(document: vscode.TextDocument): Promise<void> {
    const { cluster, topic } = targetOf(document.uri);
    const again = () => this.save(document);
    await withRemedies({ cluster, topic, again }, () =>
      this.#apply(document.uri, document.getText()),
    );
    await document.save();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #apply(uri: vscode.Uri, text: string): Promise<void> {
    const { set, at } = await this.#get(uri);
    const isApplied = await applyChanges(this.services, {
      target: targetOf(uri),
      text,
      before: set,
      read: (signal) => this.#properties(uri, signal),
      // At another time, VS Code would take it for a change by someone else, and not save the text.
      refresh: (signal) => this.#read(uri, signal, at),
      showDiff: () => this.#showDiff(uri),
    });
    if (isApplied) this.#applied.add(keyOf(uri));
  }

  #canChange(uri: vscode.Uri): boolean {
    const { cluster } = targetOf(uri);
    const { connections } = this.services;
    const definition = connections.clusters.get(cluster)?.definition;
    if (!definition) return false;
    const capabilities = connections.capabilities(cluster);
    return inabilityOf({ definition, capabilities }, 'alterTopic') === undefined;
  }

  /** Returns what is known of a configuration, read now if nothing is. */
  async #get(uri: vscode.Uri): Promise<Snapshot> {
    const key = keyOf(uri);
    const known = this.of(uri) ?? this.#reading.get(key);
    if (known) return known;
    const reading = this.#read(uri).finally(() => {
      this.#reading.delete(key);
    });
    this.#reading.set(key, reading);
    return reading;
  }

  async #read(uri: vscode.Uri, signal?: AbortSignal, at = this.#later(uri)): Promise<Snapshot> {
    const properties = await this.#properties(uri, signal);
    const text = propertiesText(properties, textWords(targetOf(uri)));
    const snapshot = {
      properties,
      set: setProperties(properties),
      content: new TextEncoder().encode(text),
      at,
    };
    this.#snapshots.set(keyOf(uri), snapshot);
    return snapshot;
  }

  /** Returns the time, or a later one if something was read in the same millisecond. */
  #later(uri: vscode.Uri): number {
    return Math.max(Date.now(), (this.of(uri)?.at ?? 0) + 1);
  }

  async #properties(uri: vscode.Uri, signal?: AbortSignal): Promise<readonly TopicProperty[]> {
    const { cluster, topic } = targetOf(uri);
    const proxy = await this.services.connections.proxy(cluster);
    if (!proxy.topicProperties) throw new KafkaError('unsupported');
    return proxy.topicProperties(topic, signal && { signal });
  }

  #tell(uri: vscode.Uri): void {
    const own = uri.with({ query: '' });
    this.#changed.fire(own);
    this.#changed.fire(onCluster(own));
  }

  async #showDiff(uri: vscode.Uri): Promise<void> {
    const { cluster, topic } = targetOf(uri);
    const title = vscode.l10n.t('{0} on {1}: as opened ↔ edited', topic, cluster);
    await vscode.commands.executeCommand('vscode.diff', onCluster(uri), uri, title);
  }
}

/** The edited text and what stands on the cluster are two sides of one configuration. */
function keyOf(uri: vscode.Uri): string {
  return uri.with({ query: '' }).toString();
}

function targetOf(uri: vscode.Uri): ConfiguredTopic {
  const target = configuredTopic(uri);
  if (!target) throw vscode.FileSystemError.FileNotFound(uri);
  return target;
}

/** Has VS Code show the reason of a failure and the next step in place of its own words. */
async function worded<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof vscode.FileSystemError) throw error;
    const { reason, advice } = isCancelled(error) ? cancelled() : explain(error);
    throw vscode.FileSystemError.Unavailable(sentences(capitalise(reason), advice));
  }
}

function cancelled(): Explanation {
  return {
    reason: vscode.l10n.t('it was cancelled'),
    advice: vscode.l10n.t('Your text is kept; save again, or revert the file to give up'),
  };
}
