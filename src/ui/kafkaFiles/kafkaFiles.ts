import * as vscode from 'vscode';
import { starterFile } from '../../kafkaFile/blockText';
import { showResult } from '../dialogs/result';
import { BlockOutcomes } from './blockOutcomes';
import { BlockSchemas } from './blockSchemas';
import { blocksOfSelection, FileClusters, requireBlockTopic } from './blocks';
import type { Consumer } from '../messages/consume';
import type { Follower } from '../messages/follow';
import type { LanguageService, LanguageServices } from './languageClient';
import { messageAt, type MessageDocuments } from '../messages/messageDocuments';
import { pickCluster, pickTopic, type Target } from '../clusters/pick';
import { blocksAsRead, messageBlocks } from './messageBlocks';
import { newMessageFromSchema, toGiven } from './newMessage';
import type { Producer } from '../produce/produce';
import type { Decoding } from '../decoding/decoding';
import type { Picked } from '../messages/view';
import { messages } from '../words/counts';
import { UserError } from '../words/report';
import type { Reporter } from '../words/reporter';
import { BlockRunner } from './runBlock';
import { RunningBlocks } from './runningBlocks';
import { runWizard } from '../dialogs/wizard';

export interface KafkaFilesServices extends LanguageServices {
  readonly producer: Producer;
  readonly consumer: Consumer;
  readonly documents: MessageDocuments;
  readonly follower: Follower;
  readonly workspaceState: vscode.Memento;
  readonly reporter: Reporter;
  readonly decoding: Decoding;
}

/** Everything about `.kafka` files: the language server, and running their blocks. */
export class KafkaFiles implements vscode.Disposable {
  readonly runner: BlockRunner;
  readonly fileClusters: FileClusters;
  readonly outcomes = new BlockOutcomes();
  readonly #running = new RunningBlocks();
  readonly #schemas: BlockSchemas;
  #language: LanguageService | undefined;

  constructor(private readonly services: KafkaFilesServices) {
    const { connections, producer, consumer } = services;
    this.fileClusters = new FileClusters(connections.clusters, services.workspaceState);
    this.#schemas = new BlockSchemas(services);
    this.runner = new BlockRunner(
      connections,
      this.fileClusters,
      this.#schemas,
      this.#running,
      this.outcomes,
      producer,
      consumer,
      services.follower,
      services.reporter,
    );
  }

  /** The topic of the block at the cursor of the active editor. */
  get activeTarget(): {
    readonly cluster?: string | undefined;
    readonly topic?: string | undefined;
  } {
    const [located] = blocksOfSelection();
    if (!located) return {};
    const { properties } = located.block;
    return {
      cluster: this.fileClusters.ofBlock(located),
      topic: properties.find(({ name }) => name.text === 'topic')?.value.text,
    };
  }

  /** Starts the language server. */
  async start(): Promise<void> {
    const { LanguageService } = await import('./languageClient');
    this.#language = new LanguageService(
      this.services,
      this.fileClusters,
      this.#running,
      this.#schemas,
    );
    await this.#language.start();
  }

  /**
   * Opens a new file with a block of each kind, for a topic that it asks for if there is a
   * cluster.
   */
  async newFile(given: Target): Promise<void> {
    const { connections } = this.services;
    const { clusters } = connections;
    const known = clusters.list().length > 0;
    const only = clusters.list().length === 1 ? clusters.list()[0]?.definition.name : undefined;
    const initial = { cluster: given.cluster ?? only ?? '', topic: given.topic ?? '' };
    const { cluster, topic } = await runWizard(vscode.l10n.t('New .kafka File'), initial, [
      {
        skip: () => !known || initial.cluster !== '',
        ask: (state, context) => pickCluster(context, clusters, state.cluster),
      },
      {
        skip: () => !known || given.topic !== undefined,
        ask: (state, context) => pickTopic(context, connections, state),
      },
    ]);
    if (topic) requireBlockTopic(topic);
    await this.#openFile(starterFile(topic || 'my-topic'), cluster);
  }

  /** Writes a block with an example of a message that fits a schema. */
  async newMessage(argument: unknown): Promise<void> {
    await newMessageFromSchema(this.services, this.fileClusters, toGiven(argument));
  }

  /**
   * Opens a new file with a block for each message, for the person to edit and run: with the texts
   * of what was decoded, or `asRead`.
   */
  async openBlocks(picked: Picked, { asRead = false } = {}): Promise<void> {
    const t = vscode.l10n.t;
    const { cluster, topic, records } = picked;
    requireBlockTopic(topic);
    const { blocks, isEncoded } = asRead
      ? blocksAsRead(picked)
      : await messageBlocks(this.services.decoding, picked);
    await this.#openFile(blocks.join('\n'), cluster);
    if (!isEncoded) return;
    const bytes = {
      title: t('Open as Read'),
      run: () => this.openBlocks(picked, { asRead: true }),
    };
    const text = t(
      'Opened {0} as text, to be encoded when it is produced',
      messages(records.length),
    );
    showResult(text, [bytes]);
  }

  async #openFile(content: string, cluster: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument({ language: 'kafkarest', content });
    if (cluster) await this.fileClusters.set(document.uri, cluster);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  /** Copies the message at the cursor of a document of messages as a block that produces it. */
  async copyAsProducerBlock(editor: vscode.TextEditor | undefined): Promise<void> {
    const document = editor && this.services.documents.get(editor.document.uri);
    if (!document) return;
    const message =
      messageAt(document, editor.document, editor.selection.active.line) ?? noMessage();
    const { cluster, request, formats } = document.origin;
    const { topic } = request;
    requireBlockTopic(topic);
    const picked = { cluster, topic, records: [message], ...(formats && { formats }) };
    const { blocks } = await messageBlocks(this.services.decoding, picked, { keepPartition: true });
    await vscode.env.clipboard.writeText(blocks.join('\n'));
    showResult(vscode.l10n.t('Copied as a PRODUCER block. Paste it into a .kafka file.'));
  }

  dispose(): void {
    this.#running.dispose();
    this.outcomes.dispose();
    this.fileClusters.dispose();
    this.#language?.dispose();
  }
}

function noMessage(): never {
  throw new UserError(
    vscode.l10n.t('there is no message at the cursor'),
    vscode.l10n.t('Put it into a message of the document'),
  );
}
