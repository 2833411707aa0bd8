import * as vscode from 'vscode';
import { SecretStore } from './auth/secretStore';
import { ClusterDecorations } from './ui/clusterDecorations';
import { ClusterStore } from './ui/clusters';
import { ClusterTree } from './ui/clusterTree';
import { connectWith } from './ui/connection';
import { EmulatorService } from './ui/emulator';
import { MessageDocuments } from './ui/messageDocuments';
import { onDemand, onLanguage } from './ui/onDemand';
import { PendingTopics } from './ui/pendingTopics';
import { registerCommands } from './ui/registerCommands';
import { Reporter } from './ui/report';
import { httpOptions } from './ui/settings';
import type { Node } from './ui/treeNodes';
import { viewerType } from './ui/view';

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
  const emulator = new EmulatorService(clusters);
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist');
  const shown = { clusters, connect, pending, tree, view, documents, emulator };
  const verbs = onDemand(async () => {
    const { Verbs } = await import('./ui/verbs');
    return new Verbs({ ...shown, reporter, log, dist, workspaceState, globalState });
  });
  subscriptions.push(
    log,
    clusters,
    pending,
    tree,
    view,
    documents,
    new ClusterDecorations(clusters, documents),
    emulator,
    verbs,
    registerCommands(async (id) => (await verbs.get()).commands[id], reporter),
    vscode.window.registerWebviewPanelSerializer(viewerType, {
      deserializeWebviewPanel: async (panel, state) =>
        (await verbs.get()).viewers.restore(panel, state),
    }),
    onLanguage('kafkarest', () => {
      verbs
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
