import type * as vscode from 'vscode';
import type { Administration } from '../administration/administration';
import type { ClusterManager } from '../clusters/manage/clusterManager';
import type { ClusterStore } from '../clusters/clusters';
import type { ClusterTree } from '../tree/clusterTree';
import type { ConnectToRead, Detect } from '../clusters/connect';
import type { Connections } from '../clusters/connections';
import type { ClusterSecrets } from '../clusters/secrets';
import type { Consumer } from '../messages/consume';
import type { EmulatorService } from '../clusters/emulator';
import type { Transfers } from '../transfer/transfers';
import type { KafkaFiles } from '../kafkaFiles/kafkaFiles';
import type { MessageActions } from '../viewer/messageActions';
import type { FollowedDocuments } from '../messages/followedDocuments';
import type { MessageOpener } from '../messages/openMessages';
import type { MessageDocuments } from '../messages/messageDocuments';
import type { PendingTopics } from '../tree/pendingTopics';
import type { Producer } from '../produce/produce';
import type { Registries } from '../clusters/registry/registries';
import type { Reporter } from '../words/reporter';
import type { Schemas } from '../schemas/schemas';
import type { Targets } from '../targets/targets';
import type { TopicChanges } from '../clusters/topicChanges';
import type { TreeNode } from '../tree/nodes/treeNode';
import type { Viewers } from '../viewer/viewers';

/** The services that exist from the start. */
export interface Services {
  readonly clusters: ClusterStore;
  readonly secrets: ClusterSecrets;
  readonly connections: Connections;
  /** Loads the schema registries of the clusters. */
  readonly registries: () => Promise<Registries>;
  readonly connect: ConnectToRead;
  readonly detect: Detect;
  readonly topics: TopicChanges;
  readonly pending: PendingTopics;
  readonly tree: ClusterTree;
  readonly view: vscode.TreeView<TreeNode>;
  readonly documents: MessageDocuments;
  readonly emulator: EmulatorService;
  readonly reporter: Reporter;
  readonly log: vscode.LogOutputChannel;
  /** The folder of the bundles. */
  readonly dist: vscode.Uri;
  readonly workspaceState: vscode.Memento;
  readonly globalState: vscode.Memento;
  readonly secretStorage: vscode.SecretStorage;
}

/** The services that the commands use. */
export interface CommandServices extends Services {
  readonly targets: Targets;
  readonly opener: MessageOpener;
  readonly followed: FollowedDocuments;
  readonly producer: Producer;
  readonly consumer: Consumer;
  readonly kafkaFiles: KafkaFiles;
  readonly loadTransfers: () => Promise<Transfers>;
  readonly loadAdministration: () => Promise<Administration>;
  readonly loadSchemas: () => Promise<Schemas>;
  readonly loadManager: () => Promise<ClusterManager>;
  readonly viewers: Viewers;
  readonly messageActions: MessageActions;
}
