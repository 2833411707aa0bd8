import * as vscode from 'vscode';
import { starterFile } from '../../kafkaFile/blockText';
import { showResult } from '../dialogs/result';
import type { Decoders } from '../decoding/decoders';
import type { TopicSchemas } from '../decoding/topicSchemas';
import { askFileSchema } from '../fileSchemas/checkFile';
import type { FileSchemas } from '../fileSchemas/fileSchemas';
import { addFileMessage } from '../fileSchemas/addMessage';
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
  readonly fileSchemas: FileSchemas;
  readonly workspaceState: vscode.Memento;
  readonly reporter: Reporter;
  readonly decoding: Decoding;
  readonly decoders: Decoders;
  readonly schemas: TopicSchemas;
}

/** Everything about `.kafka` files: the language server, and running their blocks. */
export class KafkaFiles implements vscode.Disposable {
  readonly runner: BlockRunner;
  readonly fileClusters: FileClusters;
  readonly fileSchemas: FileSchemas;
  readonly outcomes = new BlockOutcomes();
  readonly #running = new RunningBlocks();
  readonly #schemas: BlockSchemas;
  #language: Promise<LanguageService> | undefined;

  constructor(private readonly services: KafkaFilesServices) {
    const { connections, producer, consumer } = services;
    this.fileClusters = new FileClusters(connections.clusters, services.workspaceState);
    this.fileSchemas = services.fileSchemas;
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

  /** Starts the language server, unless it runs. */
  async start(): Promise<void> {
    await this.#started();
  }

  #started(): Promise<LanguageService> {
    this.#language ??= this.#start().catch((error: unknown) => {
      this.#language = undefined;
      throw error;
    });
    return this.#language;
  }

  async #start(): Promise<LanguageService> {
    const { LanguageService } = await import('./languageClient');
    const { fileClusters } = this;
    const running = this.#running;
    const language = new LanguageService(
      { ...this.services, fileClusters, running },
      this.#schemas,
    );
    await language.start();
    return language;
  }

  /** Asks by which schema a JSON file is checked, and has it checked from now on. */
  async checkFile(given: vscode.Uri | undefined): Promise<void> {
    const uri = given ?? activeFile();
    const name = vscode.workspace.asRelativePath(uri);
    const schema = await askFileSchema(this.services, name, this.fileSchemas.of(uri));
    await this.fileSchemas.set(uri, schema);
    await this.#started();
  }

  async stopCheckingFile(given: vscode.Uri | undefined): Promise<void> {
    await this.fileSchemas.set(given ?? activeFile(), undefined);
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

  /**
   * Writes an example of a message that fits a schema: into the active editor if it has a JSON file
   * that is checked and nothing else is asked for, and else as a block.
   */
  async newMessage(argument: unknown): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const queries = editor && this.fileSchemas.queriesOf(editor.document.uri);
    if (argument === undefined && queries) {
      await addFileMessage(editor, queries, {
        describe: (query) => this.#schemas.describe(query),
        placeOf: async (...given) => (await this.#started()).placeOf(...given),
      });
    } else await newMessageFromSchema(this.services, this.fileClusters, toGiven(argument));
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
    void this.#language?.then((language) => {
      language.dispose();
    });
  }
}

function activeFile(): vscode.Uri {
  const document = vscode.window.activeTextEditor?.document;
  if (document) return document.uri;
  throw new UserError(vscode.l10n.t('no file is open'), vscode.l10n.t('Open a JSON file first'));
}

function noMessage(): never {
  throw new UserError(
    vscode.l10n.t('there is no message at the cursor'),
    vscode.l10n.t('Put it into a message of the document'),
  );
}
