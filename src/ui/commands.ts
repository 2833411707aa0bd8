import * as vscode from 'vscode';
import { addCluster } from './addCluster';
import type { ClusterStore } from './clusters';
import type { ClusterTree } from './clusterTree';
import type { CommandId } from './commandIds';
import type { Connect } from './connection';
import type { Consumer } from './consume';
import { toGivenSelection } from './consumeWizard';
import { createTopic, toGivenTopic } from './createTopic';
import type { EmulatorService } from './emulator';
import type { KafkaFiles } from './kafkaFiles';
import { chooseOwnCluster, removeCluster, replaceSecret, testCluster } from './manageClusters';
import { type MessageDocuments, messageScheme } from './messageDocuments';
import type { PendingTopics } from './pendingTopics';
import { toBlockArgument, toTarget } from './pick';
import { type Producer, toGivenMessage } from './produce';
import type { Reporter } from './report';
import { askTopicFilter } from './topicFilter';
import { isNode, type Node, nodeName } from './treeNodes';

/** What a command does. It gets what VS Code passes: a tree node, a target, a URI, or nothing. */
export interface Command {
  /** Completes "Could not …". */
  readonly doing: string;
  run(argument: unknown): unknown;
}

export type CommandTable = Readonly<Record<CommandId, Command>>;

export interface Services {
  readonly clusters: ClusterStore;
  readonly connect: Connect;
  readonly tree: ClusterTree;
  readonly view: vscode.TreeView<Node>;
  readonly pending: PendingTopics;
  readonly producer: Producer;
  readonly consumer: Consumer;
  readonly documents: MessageDocuments;
  readonly emulator: EmulatorService;
  /** Loaded when it is first needed. */
  readonly kafkaFiles: () => Promise<KafkaFiles>;
  readonly log: vscode.LogOutputChannel;
}

export function commandTable(services: Services): CommandTable {
  const { clusters, connect, tree, view, pending } = services;
  const { producer, consumer, documents, emulator, log } = services;
  const t = vscode.l10n.t;
  return {
    addCluster: {
      doing: t('add the cluster'),
      run: () => addCluster(clusters, connect),
    },
    editCluster: {
      doing: t('edit the cluster'),
      run: async (argument) =>
        addCluster(clusters, connect, await chooseOwnCluster(clusters, toTarget(argument))),
    },
    removeCluster: {
      doing: t('remove the cluster'),
      run: (argument) => removeCluster(clusters, toTarget(argument)),
    },
    testCluster: {
      doing: t('connect to the cluster'),
      run: (argument) => testCluster(clusters, connect, toTarget(argument)),
    },
    replaceSecret: {
      doing: t('replace the client secret'),
      run: (argument) => replaceSecret(clusters, toTarget(argument)),
    },
    refresh: {
      doing: t('refresh'),
      run: (argument) => {
        tree.refresh(isNode(argument) ? argument : undefined);
      },
    },
    filterTopics: {
      doing: t('filter the topics'),
      run: async () => {
        const filter = await askTopicFilter(tree.filter);
        if (filter !== undefined) tree.filter = filter.trim();
      },
    },
    clearTopicFilter: {
      doing: t('clear the filter'),
      run: () => {
        tree.filter = '';
      },
    },
    copyName: {
      doing: t('copy the name'),
      run: async (argument) => {
        const node = isNode(argument) ? argument : view.selection[0];
        if (node) await vscode.env.clipboard.writeText(nodeName(node));
      },
    },
    createTopic: {
      doing: t('create the topic'),
      run: (argument) => createTopic(clusters, pending, toGivenTopic(argument)),
    },
    produceSelection: {
      doing: t('produce the selection'),
      run: (argument) =>
        producer.produceSelection(vscode.window.activeTextEditor, toGivenMessage(argument)),
    },
    produceDocument: {
      doing: t('produce the document'),
      run: (argument) =>
        producer.produceDocument(vscode.window.activeTextEditor, toGivenMessage(argument)),
    },
    produceMessage: {
      doing: t('produce the message'),
      run: (argument) => producer.produceMessage(toGivenMessage(argument)),
    },
    consume: {
      doing: t('consume messages'),
      run: (argument) => consumer.consume(toGivenSelection(argument)),
    },
    consumeMore: {
      doing: t('consume more messages'),
      run: (argument) => consumer.consumeMore(toMessageUri(argument)),
    },
    saveMessages: {
      doing: t('save the messages'),
      run: async (argument) => {
        const uri = toMessageUri(argument);
        if (uri) await documents.save(uri);
      },
    },
    startEmulator: {
      doing: t('start the emulator'),
      run: () => emulator.start(),
    },
    stopEmulator: {
      doing: t('stop the emulator'),
      run: () => emulator.stop(),
    },
    showLog: {
      doing: t('show the log'),
      run: () => {
        log.show();
      },
    },
    ...blockCommands(services),
  };
}

type BlockCommandId =
  | 'newKafkaFile'
  | 'runBlock'
  | 'runBlocks'
  | 'runBlockTimes'
  | 'previewBlock'
  | 'startBlock'
  | 'stopBlock'
  | 'followBlock'
  | 'chooseCluster'
  | 'copyAsProducerBlock';

/** The commands of `.kafka` files, whose code is loaded with the first of them. */
function blockCommands({ kafkaFiles }: Services): Pick<CommandTable, BlockCommandId> {
  const t = vscode.l10n.t;
  return {
    newKafkaFile: {
      doing: t('open a new .kafka file'),
      run: async (argument) => (await kafkaFiles()).newFile(toTarget(argument)),
    },
    runBlock: {
      doing: t('run the block'),
      run: async (argument) => (await kafkaFiles()).runner.run(toBlockArgument(argument)),
    },
    runBlocks: {
      doing: t('run the block'),
      run: async () => (await kafkaFiles()).runner.runSelection(),
    },
    runBlockTimes: {
      doing: t('run the block'),
      run: async (argument) => (await kafkaFiles()).runner.runTimes(toBlockArgument(argument)),
    },
    previewBlock: {
      doing: t('preview the message'),
      run: async (argument) => (await kafkaFiles()).runner.preview(toBlockArgument(argument)),
    },
    startBlock: {
      doing: t('go on producing'),
      run: async (argument) => (await kafkaFiles()).runner.start(toBlockArgument(argument)),
    },
    stopBlock: {
      doing: t('stop the block'),
      run: async (argument) => {
        (await kafkaFiles()).runner.stop(toBlockArgument(argument));
      },
    },
    followBlock: {
      doing: t('follow the topic'),
      run: async (argument) => (await kafkaFiles()).runner.follow(toBlockArgument(argument)),
    },
    chooseCluster: {
      doing: t('choose the cluster of the file'),
      run: async (argument) => {
        const uri = toFileUri(argument);
        if (uri) await (await kafkaFiles()).fileClusters.choose(uri);
      },
    },
    copyAsProducerBlock: {
      doing: t('copy the message'),
      run: async () => (await kafkaFiles()).copyAsProducerBlock(vscode.window.activeTextEditor),
    },
  };
}

/** The document of a lens, else the active one. */
function toFileUri(argument: unknown): vscode.Uri | undefined {
  const uri = toBlockArgument(argument)?.uri;
  return uri === undefined
    ? vscode.window.activeTextEditor?.document.uri
    : vscode.Uri.parse(uri, true);
}

/** Registers the commands so that each failure is worded for the person who asked. */
export function registerCommands(table: CommandTable, reporter: Reporter): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(table).map(([id, command]) =>
      vscode.commands.registerCommand(`kafkaRest.${id}`, async (argument: unknown) => {
        try {
          await command.run(argument);
        } catch (error) {
          void reporter.failure(command.doing, error);
        }
      }),
    ),
  );
}

/** The document that a command was called on, else the active one, if it holds messages. */
function toMessageUri(argument: unknown): vscode.Uri | undefined {
  const uri =
    argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === messageScheme ? uri : undefined;
}
