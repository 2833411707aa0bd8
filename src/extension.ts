import * as vscode from 'vscode';
import { SecretStore } from './auth/secretStore';
import { ClusterDecorations } from './ui/clusterDecorations';
import { ClusterStore } from './ui/clusters';
import { ClusterTree } from './ui/clusterTree';
import { commandTable, registerCommands } from './ui/commands';
import { connectWith } from './ui/connection';
import { Consumer } from './ui/consume';
import { EmulatorService } from './ui/emulator';
import { MessageDocuments } from './ui/messageDocuments';
import { PendingTopics } from './ui/pendingTopics';
import { MessageActions } from './ui/viewer/messageActions';
import { Producer } from './ui/produce';
import { Reporter } from './ui/report';
import { onDemand, onLanguage } from './ui/onDemand';
import { httpOptions } from './ui/settings';
import type { Node } from './ui/treeNodes';
import { Viewers } from './ui/viewer/viewers';
import { BufferPool } from './viewer/store/bufferPool';

/** What the extension hands to whoever activates it: what the view shows. */
export interface Api {
  readonly tree: vscode.TreeDataProvider<Node>;
}

export function activate(context: vscode.ExtensionContext): Api {
  const { secrets, subscriptions, workspaceState, globalState } = context;
  const log = vscode.window.createOutputChannel('Kafka REST Explorer', { log: true });
  const reporter = new Reporter(log);
  const connect = connectWith(() => httpOptions(log));
  const clusters = new ClusterStore(new SecretStore(secrets), secrets.onDidChange, connect);
  const pending = new PendingTopics();
  const tree = new ClusterTree(clusters, pending, reporter);
  const view = vscode.window.createTreeView('kafkaRest.clusters', {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  const documents = new MessageDocuments();
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist');
  const viewers = new Viewers({
    clusters,
    documents,
    buffers: new BufferPool(),
    dist,
    state: globalState,
  });
  const consumer = new Consumer(clusters, documents, viewers, reporter);
  const producer = new Producer(clusters, consumer, tree, reporter.showLog);
  const emulator = new EmulatorService(clusters);
  const kafkaFiles = onDemand(async () => {
    const { KafkaFiles } = await import('./ui/kafkaFiles');
    const serverModule = context.asAbsolutePath('dist/server.js');
    const state = { workspaceState, globalState };
    const files = {
      clusters,
      tree,
      producer,
      consumer,
      documents,
      viewers,
      ...state,
      log,
      serverModule,
    };
    return new KafkaFiles(files);
  });
  const exporter = async () => {
    const { Exporter } = await import('./ui/transfer/exportMessages');
    return new Exporter(clusters, documents, viewers);
  };
  const bulk = onDemand(async () => {
    const { Bulk } = await import('./ui/transfer/bulk');
    return new Bulk({ clusters, tree, consumer, reporter });
  });
  const messageActions = new MessageActions(documents, kafkaFiles.get);
  const verbs = {
    producer,
    consumer,
    documents,
    viewers,
    messageActions,
    emulator,
    exporter,
    bulk: bulk.get,
    kafkaFiles: kafkaFiles.get,
  };
  const services = { clusters, connect, tree, view, pending, ...verbs, log };
  subscriptions.push(
    log,
    clusters,
    pending,
    tree,
    view,
    documents,
    viewers,
    new ClusterDecorations(clusters, documents),
    emulator,
    kafkaFiles,
    bulk,
    registerCommands(commandTable(services), reporter),
    onLanguage('kafkarest', () => {
      kafkaFiles
        .get()
        .then((files) => files.start())
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
