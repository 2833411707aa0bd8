import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import {
  fileChecked,
  type FileState,
  fileStateRequest,
  type PartitionInfo,
  newMessageRequest,
  partitionsRequest,
  schemaFilesRequest,
  schemaRequest,
  schemasChanged,
  type StartOptions,
  stateChanged,
  subjectsRequest,
  type TopicInfo,
  topicsChanged,
  topicsRequest,
  versionsRequest,
  workspaceFilesRequest,
} from '../../language/protocol';
import { type Action, notify } from '../dialogs/notify';
import type { FileClusters } from './blocks';
import type { Connections } from '../clusters/connections';
import type { Registries } from '../clusters/registry/registries';
import type { TopicChanges } from '../clusters/topicChanges';
import type { ClusterTree } from '../tree/clusterTree';
import { CheckedDocuments } from '../fileSchemas/checkedDocuments';
import { CheckStatus } from '../fileSchemas/checkStatus';
import type { FileSchemas } from '../fileSchemas/fileSchemas';
import type { BlockSchemas } from './blockSchemas';
import type { RunningBlocks } from './runningBlocks';
import { folderOf, schemaFilesOf } from './schemaFolder';
import { remember } from '../base/remember';
import { timeContext, templateSettings } from '../base/settings';
import { hiddenTopics } from '../base/topicFilter';

/**
 * The other extension for `.kafka` files. If it is installed, its lenses would appear beside ours.
 */
const OTHER_EXTENSION = 'jeppeandersen.vscode-kafka';
const NOTHING_FOUND = { messages: 0, problems: 0, isCut: false };
const TOLD_KEY = 'kafkaRest.toldOfOtherLenses';

export interface LanguageServices {
  readonly connections: Connections;
  readonly topics: TopicChanges;
  readonly tree: ClusterTree;
  readonly registries: () => Promise<Registries>;
  readonly globalState: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  /** The folder of the bundles. */
  readonly dist: vscode.Uri;
}

/** What is known of files beside their text. */
interface FileServices {
  readonly fileClusters: FileClusters;
  readonly fileSchemas: FileSchemas;
  readonly running: RunningBlocks;
}

/**
 * The client of the language server, loaded when it is first needed. It starts the server, handles
 * its requests, and tells it what has changed.
 */
export class LanguageService implements vscode.Disposable {
  #client: LanguageClient | undefined;
  readonly #subscriptions: { dispose(): unknown }[] = [];

  constructor(
    private readonly services: LanguageServices & FileServices,
    private readonly schemas: BlockSchemas,
  ) {}

  async start(): Promise<void> {
    const module = vscode.Uri.joinPath(this.services.dist, 'server.js').fsPath;
    const server = { module, transport: TransportKind.ipc };
    const texts = vscode.l10n.bundle && JSON.stringify(vscode.l10n.bundle);
    const options: StartOptions = { ...(texts !== undefined && { texts }) };
    const client = new LanguageClient('kafkaRest', 'Kafka REST Explorer: .kafka files', server, {
      documentSelector: [{ language: 'kafkarest' }],
      initializationOptions: options,
      outputChannel: this.services.log,
      diagnosticPullOptions: { onChange: true, onTabs: true },
    });
    client.onRequest(fileStateRequest, ({ uri }) => this.#stateOf(vscode.Uri.parse(uri)));
    client.onRequest(topicsRequest, ({ cluster }) => this.#topicsOf(cluster));
    client.onRequest(partitionsRequest, ({ cluster, topic }) => this.#partitionsOf(cluster, topic));
    const { schemas } = this;
    const { fileClusters, fileSchemas, running } = this.services;
    const status = new CheckStatus(fileSchemas);
    client.onRequest(schemaRequest, async ({ uri, ...query }) => {
      const document = vscode.Uri.parse(uri);
      if (!fileSchemas.of(document)) {
        return (await schemas.describe(query, folderOf(document))) ?? null;
      }
      const answer = (await schemas.describe(query)) ?? null;
      status.answered(document, query, answer);
      return answer;
    });
    client.onNotification(fileChecked, (checked) => {
      status.checked(checked);
    });
    client.onRequest(subjectsRequest, async ({ cluster }) => {
      return (await schemas.subjects(cluster)) ?? null;
    });
    client.onRequest(versionsRequest, async ({ cluster, subject }) => {
      return (await schemas.versions(cluster, subject)) ?? null;
    });
    client.onRequest(schemaFilesRequest, ({ uri }) => schemaFilesOf(vscode.Uri.parse(uri)));
    client.onRequest(workspaceFilesRequest, () => workspaceFiles(client));
    this.#client = client;
    await client.start();
    const stateHasChanged = () => {
      void client.sendNotification(stateChanged);
    };
    const topicsHaveChanged = (cluster: string | undefined) => {
      void client.sendNotification(topicsChanged, cluster === undefined ? {} : { cluster });
    };
    const { connections, topics, tree, registries } = this.services;
    const { clusters } = connections;
    const schemasHaveChanged = () => {
      void client.sendNotification(schemasChanged);
    };
    const files = vscode.workspace.createFileSystemWatcher('**/*.{avsc,proto,protoset,desc}');
    this.#subscriptions.push(
      status,
      new CheckedDocuments(client, fileSchemas, (uri) => {
        status.checked({ ...NOTHING_FOUND, uri: uri.toString(), obstacle: 'too-long' });
      }),
      fileSchemas.onDidChange(stateHasChanged),
      files,
      files.onDidChange(schemasHaveChanged),
      files.onDidCreate(schemasHaveChanged),
      files.onDidDelete(schemasHaveChanged),
      (await registries()).onDidChange(schemasHaveChanged),
      clusters.onDidChange(schemasHaveChanged),
      vscode.workspace.onDidGrantWorkspaceTrust(schemasHaveChanged),
      clusters.onDidChange(stateHasChanged),
      clusters.onDidChange(topicsHaveChanged),
      tree.onDidRefresh(topicsHaveChanged),
      topics.onDidChange(({ cluster }) => {
        topicsHaveChanged(cluster);
      }),
      fileClusters.onDidChange(stateHasChanged),
      running.onDidChange(stateHasChanged),
      vscode.workspace.onDidGrantWorkspaceTrust(stateHasChanged),
      vscode.extensions.onDidChange(stateHasChanged),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('kafkaRest')) stateHasChanged();
      }),
    );
  }

  /** Returns what adds a message to a checked file; `undefined` if it has no place for one. */
  async placeOf(
    { uri }: vscode.TextDocument,
    parts: { readonly key?: string; readonly value: string },
  ): Promise<{ readonly at: number; readonly text: string; readonly begin: number } | undefined> {
    const request = { uri: uri.toString(), ...parts };
    return (await this.#client?.sendRequest(newMessageRequest, request)) ?? undefined;
  }

  #stateOf(uri: vscode.Uri): FileState {
    const { connections, fileClusters, fileSchemas, running } = this.services;
    const chosen = fileClusters.of(uri);
    const checks = fileSchemas.queriesOf(uri);
    return {
      clusters: connections.clusters.list().map(({ definition: { name, protection } }) => ({
        name,
        protection,
        capabilities: connections.capabilities(name),
      })),
      ...(chosen !== undefined && { chosen }),
      ...(checks && { checks }),
      trusted: vscode.workspace.isTrusted,
      codeLens: this.#showsLenses(uri),
      templates: templateSettings(),
      zone: timeContext().zone,
      running: running.linesOf(uri.toString()),
    };
  }

  /** Hides our lenses if the other extension shows its own, unless the setting says otherwise. */
  #showsLenses(uri: vscode.Uri): boolean {
    const setting = vscode.workspace.getConfiguration('kafkaRest').get<string>('files.codeLens');
    if (setting === 'on' || setting === 'off') return setting === 'on';
    const doubled =
      uri.path.endsWith('.kafka') && vscode.extensions.getExtension(OTHER_EXTENSION) !== undefined;
    if (doubled) void this.#tellOfOtherLenses();
    return !doubled;
  }

  async #tellOfOtherLenses(): Promise<void> {
    const { globalState } = this.services;
    if (globalState.get(TOLD_KEY) === true) return;
    await remember(globalState, TOLD_KEY, true);
    const openSettings: Action = {
      title: vscode.l10n.t('Open Settings'),
      run: () =>
        vscode.commands.executeCommand('workbench.action.openSettings', 'kafkaRest.files.codeLens'),
    };
    await notify(
      'information',
      vscode.l10n.t(
        '“Tools for Apache Kafka” shows its own actions above the blocks of .kafka files, so those of Kafka REST Explorer are off there.',
      ),
      [openSettings],
    );
  }

  /**
   * Returns `null` if the cluster does not respond; the tree says why. Sends nothing in a
   * workspace that is not trusted.
   */
  async #topicsOf(cluster: string): Promise<readonly TopicInfo[] | null> {
    if (!vscode.workspace.isTrusted) return null;
    try {
      const topics = await (await this.services.connections.proxy(cluster)).topics();
      const isHidden = hiddenTopics();
      return topics.map(({ name, internal = false, partitionCount }) => ({
        name,
        ...(partitionCount !== undefined && { partitionCount }),
        ...((internal || isHidden(name)) && { minor: true }),
      }));
    } catch {
      return null;
    }
  }

  async #partitionsOf(cluster: string, topic: string): Promise<readonly PartitionInfo[] | null> {
    if (!vscode.workspace.isTrusted) return null;
    try {
      const partitions = await (await this.services.connections.proxy(cluster)).partitions(topic);
      return partitions.map(({ id, earliest, latest }) => ({
        id,
        ...(latest !== undefined && { earliest: String(earliest), latest: String(latest) }),
      }));
    } catch {
      return null;
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
    void this.#client?.dispose();
  }
}

async function workspaceFiles(
  client: LanguageClient,
): Promise<readonly { readonly uri: string; readonly text: string }[]> {
  const uris = await vscode.workspace.findFiles('**/*.{kafka,kafkarest}', undefined, 1_000);
  const open = new Map(vscode.workspace.textDocuments.map((each) => [each.uri.toString(), each]));
  return Promise.all(
    uris.map(async (uri) => ({
      uri: client.code2ProtocolConverter.asUri(uri),
      text:
        open.get(uri.toString())?.getText() ??
        new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)),
    })),
  );
}
