import * as vscode from 'vscode';
import { administrationCommands } from '../administration/administrationCommands';
import { clusterCommands } from '../clusters/manage/clusterCommands';
import { blockCommands } from '../kafkaFiles/blockCommands';
import { toGivenOpen } from '../messages/openMessages';
import { createTopic } from '../tree/createTopic';
import { toGivenTopic } from '../tree/topicDraft';
import { activeMessages } from '../messages/messageDocuments';
import { toGivenMessage } from '../produce/given';
import { chooseAfterResult, toClick } from '../dialogs/result';
import type { CommandTable } from '../base/command';
import type { CommandServices } from './services';
import { schemaCommands } from '../schemas/schemaCommands';
import { transferCommands } from '../transfer/transferCommands';
import { linkCommands } from '../links/linkCommands';
import { viewerCommands } from '../viewer/viewerCommands';
import { openSetupGuide } from './setupGuide';
import { treeCommands } from '../tree/commands/treeCommands';
import { TopicNode } from '../tree/nodes/topic';

/** Returns all commands with what they do. */
export function commandTable(services: CommandServices): CommandTable {
  const { clusters, connections, tree, view, pending, documents, log, reporter } = services;
  const { producer, consumer, kafkaFiles, viewers, messageActions, loadTransfers } = services;
  const { opener, followed, targets, loadManager } = services;
  const t = vscode.l10n.t;
  return {
    ...clusterCommands(loadManager, services.emulator),
    createTopic: {
      action: t('create the topic'),
      run: (argument) => createTopic(connections, pending, toGivenTopic(argument)),
    },
    produceSelection: {
      action: t('produce the selection'),
      run: (argument) =>
        producer.produceSelection(vscode.window.activeTextEditor, toGivenMessage(argument)),
    },
    produceDocument: {
      action: t('produce the document'),
      run: (argument) =>
        producer.produceDocument(vscode.window.activeTextEditor, toGivenMessage(argument)),
    },
    produceMessage: {
      action: t('produce the message'),
      run: (argument) => producer.produceMessage(toGivenMessage(argument)),
    },
    openMessages: {
      action: t('open messages'),
      run: (argument) => opener.open(toGivenOpen(argument)),
    },
    repeatLast: {
      action: t('read again'),
      run: () => opener.repeatLast(),
    },
    followMessages: {
      action: t('follow the topic'),
      run: (argument) => opener.follow(toGivenOpen(argument)),
    },
    stopFollowing: {
      action: t('stop following'),
      run: (argument) => {
        followed.stop(argument);
      },
    },
    consume: {
      action: t('consume messages'),
      run: (argument) => opener.consume(toGivenOpen(argument)),
    },
    viewMessages: {
      action: t('view messages'),
      run: (argument) => opener.view(toGivenOpen(argument)),
    },
    consumeMore: {
      action: t('consume more messages'),
      run: (argument) => consumer.consumeMore(activeMessages(argument)),
    },
    openSetupGuide: {
      action: t('open the setup guide'),
      run: (argument) => openSetupGuide(services.dist, argument),
    },
    showLog: {
      action: t('show the log'),
      run: () => {
        log.show();
      },
    },
    showResult: {
      action: t('show the result'),
      run: async (argument) => {
        const action = await chooseAfterResult(toClick(argument));
        if (action) await reporter.run(action);
      },
    },
    ...administrationCommands(services.loadAdministration, () =>
      view.selection.every((node) => node instanceof TopicNode) ? view.selection : [],
    ),
    ...schemaCommands(services.loadSchemas),
    ...treeCommands(clusters, tree, view, reporter),
    ...blockCommands(kafkaFiles),
    ...viewerCommands(viewers, messageActions, documents, targets),
    ...linkCommands({ clusters, documents, viewers }),
    ...transferCommands(loadTransfers),
  };
}
