import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { SecretStore } from './auth/secretStore';
import { CONFIGURATION_SCHEME } from './ui/administration/configuration/configurationUri';
import { Agreements } from './ui/clusters/agreements';
import { offerClusters } from './ui/clusters/offers';
import { ClusterDecorations } from './ui/messages/clusterDecorations';
import { ClusterStore } from './ui/clusters/clusters';
import { ClusterTree } from './ui/tree/clusterTree';
import { dragAndDrop } from './ui/tree/dragAndDrop';
import { greyRows } from './ui/tree/greyed';
import type { Connect, Detect } from './ui/clusters/connect';
import { Connections } from './ui/clusters/connections';
import { leftoversIn } from './ui/clusters/leftovers';
import { EmulatorService } from './ui/clusters/emulator';
import { MessageDocuments } from './ui/messages/messageDocuments';
import { FilesOnDemand } from './ui/base/filesOnDemand';
import { onDemand, onDocument } from './ui/base/onDemand';
import { isAble } from './ui/clusters/pick';
import { PendingTopics } from './ui/tree/pendingTopics';
import { registerCommands } from './ui/shell/registerCommands';
import { Reporter } from './ui/words/reporter';
import { httpOptions } from './ui/base/settings';
import { ClusterSecrets } from './ui/clusters/secrets';
import { needsLanguageServer } from './ui/fileSchemas/schemaMemory';
import { TopicChanges } from './ui/clusters/topicChanges';
import type { TreeNode } from './ui/tree/nodes/treeNode';
import { VIEWER_TYPE } from './ui/messages/view';
import { SCHEMA_SCHEME } from './ui/schemas/schemaUri';

/** The API that activation returns: the contents of the view. */
export interface Api {
  readonly tree: vscode.TreeDataProvider<TreeNode>;
}

export function activate(context: vscode.ExtensionContext): Api {
  // For the code that does not know VS Code.
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const { subscriptions, workspaceState, globalState, secrets: secretStorage } = context;
  const log = vscode.window.createOutputChannel('Kafka REST Explorer', { log: true });
  const { fsPath: storage } = vscode.Uri.joinPath(context.globalStorageUri, 'instances');
  const connect: Connect = async (...given) => {
    const { connectWith } = await import('./ui/clusters/connect');
    const { signInHost: host } = await import('./ui/clusters/signInHost');
    return connectWith(() => httpOptions(log), { leftovers: leftoversIn(storage), host })(...given);
  };
  const detect: Detect = async (...given) => {
    const { detectWith } = await import('./ui/clusters/connect');
    return detectWith(() => httpOptions(log))(...given);
  };
  const agreements = new Agreements(workspaceState);
  const clusters = new ClusterStore(agreements);
  const { onDidChange } = secretStorage;
  const secrets = new ClusterSecrets(clusters, new SecretStore(secretStorage), onDidChange);
  const connections = new Connections(clusters, secrets, connect);
  const registries = onDemand(async () => {
    const { openRegistries } = await import('./ui/clusters/registry/registries');
    return openRegistries(clusters, secrets, () => httpOptions(log));
  });
  const reporter = new Reporter(log, (cluster) => isAble(connections, cluster, 'createTopic'));
  const topics = new TopicChanges();
  const pending = new PendingTopics(topics);
  const registryOf = async (cluster: string) => (await registries.get()).registryOf(cluster);
  const tree = new ClusterTree(connections, registryOf, topics, pending, reporter, globalState);
  const view = vscode.window.createTreeView('kafkaRest.clusters', {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
    dragAndDropController: dragAndDrop,
  });
  tree.attach(view);
  const documents = new MessageDocuments();
  const emulator = new EmulatorService(clusters, secrets);
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist');
  const shown = {
    clusters,
    secrets,
    connections,
    registries: registries.get,
    connect,
    detect,
    topics,
    pending,
    tree,
    view,
    documents,
    emulator,
  };
  const commands = onDemand(async () => {
    const { LoadedCommands } = await import('./ui/shell/loadedCommands');
    const kept = { workspaceState, globalState, secretStorage };
    return new LoadedCommands({ ...shown, reporter, log, dist, ...kept });
  });
  subscriptions.push(
    log,
    clusters,
    offerClusters(clusters, agreements),
    secrets,
    connections,
    registries,
    topics,
    pending,
    tree,
    view,
    greyRows(),
    documents,
    new ClusterDecorations(clusters, documents),
    emulator,
    commands,
    new FilesOnDemand(CONFIGURATION_SCHEME, async () => {
      const { loadAdministration } = await commands.get();
      return (await loadAdministration()).configurations;
    }),
    new FilesOnDemand(SCHEMA_SCHEME, async () => {
      const { loadSchemas } = await commands.get();
      return (await loadSchemas()).documents;
    }),
    registerCommands(async (id) => (await commands.get()).table[id], reporter),
    vscode.window.registerWebviewPanelSerializer(VIEWER_TYPE, {
      deserializeWebviewPanel: async (panel, state) =>
        (await commands.get()).viewers.restore(panel, state),
    }),
    vscode.window.registerUriHandler({
      handleUri: async (uri) => {
        try {
          await (await commands.get()).openLink(uri);
        } catch (error) {
          await reporter.failure(vscode.l10n.t('open the link'), error);
        }
      },
    }),
    onDocument(needsLanguageServer(workspaceState), () => {
      commands
        .get()
        .then(({ kafkaFiles }) => kafkaFiles.start())
        .catch((error: unknown) => {
          reporter.record('start the language server', error);
        });
    }),
  );
  emulator.attach().catch((error: unknown) => {
    reporter.record('attach the emulator', error);
  });
  return { tree };
}
