import type * as vscode from 'vscode';
import type { Bulk } from './transfer/bulk';
import type { ClusterStore } from './clusters';
import type { ClusterTree } from './clusterTree';
import type { CommandId } from './commandIds';
import type { ConnectToRead } from './connection';
import type { Consumer } from './consume';
import type { EmulatorService } from './emulator';
import type { Exporter } from './transfer/exportMessages';
import type { KafkaFiles } from './kafkaFiles';
import type { MessageActions } from './viewer/messageActions';
import type { MessageDocuments } from './messageDocuments';
import type { PendingTopics } from './pendingTopics';
import type { Producer } from './produce';
import type { Node } from './treeNodes';
import type { Viewers } from './viewer/viewers';

/** What a command does. It gets what VS Code passes: a tree node, a target, a URI, or nothing. */
export interface Command {
  /** Completes "Could not …". */
  readonly doing: string;
  run(argument: unknown): unknown;
}

export type CommandTable = Readonly<Record<CommandId, Command>>;

/** What the commands work with. */
export interface Services {
  readonly clusters: ClusterStore;
  readonly connect: ConnectToRead;
  readonly tree: ClusterTree;
  readonly view: vscode.TreeView<Node>;
  readonly pending: PendingTopics;
  readonly producer: Producer;
  readonly consumer: Consumer;
  readonly documents: MessageDocuments;
  readonly viewers: Viewers;
  readonly messageActions: MessageActions;
  readonly emulator: EmulatorService;
  /** Loaded when it is first needed. */
  readonly exporter: () => Promise<Exporter>;
  /** Loaded when it is first needed. */
  readonly bulk: () => Promise<Bulk>;
  /** Loaded when it is first needed. */
  readonly kafkaFiles: () => Promise<KafkaFiles>;
  readonly log: vscode.LogOutputChannel;
}
