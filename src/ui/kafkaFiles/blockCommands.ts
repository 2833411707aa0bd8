import * as vscode from 'vscode';
import { index, lenient, object } from '../../core/schema';
import { toBlockArgument, toTarget } from '../clusters/pick';
import type { CommandTable } from '../base/command';
import { locate } from './blocks';
import { fillInDefaults } from './fillInDefaults';
import type { KafkaFiles } from './kafkaFiles';

type BlockCommandId =
  | 'newKafkaFile'
  | 'newSchemaMessage'
  | 'fillInDefaults'
  | 'checkFile'
  | 'stopCheckingFile'
  | 'runBlock'
  | 'runBlocks'
  | 'runBlockTimes'
  | 'previewBlock'
  | 'startBlock'
  | 'stopBlock'
  | 'followBlock'
  | 'showBlockOutcome'
  | 'chooseCluster'
  | 'copyAsProducerBlock';

/** The commands of `.kafka` files. */
export function blockCommands(kafkaFiles: KafkaFiles): Pick<CommandTable, BlockCommandId> {
  const t = vscode.l10n.t;
  return {
    newKafkaFile: {
      action: t('open a new .kafka file'),
      run: (argument) => kafkaFiles.newFile(toTarget(argument)),
    },
    newSchemaMessage: {
      action: t('write a message from a schema'),
      run: (argument) => kafkaFiles.newMessage(argument),
    },
    fillInDefaults: {
      action: t('fill in the defaults'),
      run: () => fillInDefaults(vscode.window.activeTextEditor, kafkaFiles.fileSchemas),
    },
    checkFile: {
      action: t('check the file'),
      run: (argument) => kafkaFiles.checkFile(toUri(argument)),
    },
    stopCheckingFile: {
      action: t('stop checking the file'),
      run: (argument) => kafkaFiles.stopCheckingFile(toUri(argument)),
    },
    runBlock: {
      action: t('run the block'),
      run: (argument) => kafkaFiles.runner.run(toBlockArgument(argument)),
    },
    runBlocks: {
      action: t('run the block'),
      run: () => kafkaFiles.runner.runSelection(),
    },
    runBlockTimes: {
      action: t('run the block'),
      run: (argument) => kafkaFiles.runner.runTimes(toBlockArgument(argument)),
    },
    previewBlock: {
      action: t('preview the message'),
      run: (argument) => kafkaFiles.runner.preview(toBlockArgument(argument)),
    },
    startBlock: {
      action: t('go on producing'),
      run: (argument) => kafkaFiles.runner.start(toBlockArgument(argument)),
    },
    stopBlock: {
      action: t('stop the block'),
      run: (argument) => {
        kafkaFiles.runner.stop(toBlockArgument(argument));
      },
    },
    followBlock: {
      action: t('follow the topic'),
      run: (argument) => kafkaFiles.runner.follow(toBlockArgument(argument)),
    },
    showBlockOutcome: {
      action: t('show the outcome of the block'),
      run: async (argument) => {
        const { document, block } = await locate(toBlockArgument(argument));
        const action = toOutcomeAction(argument)?.action;
        await kafkaFiles.outcomes.choose(document.uri, block.line, action);
      },
    },
    chooseCluster: {
      action: t('choose the cluster of the file'),
      run: async (argument) => {
        const uri = toFileUri(argument);
        if (uri) await kafkaFiles.fileClusters.choose(uri);
      },
    },
    copyAsProducerBlock: {
      action: t('copy the message'),
      run: () => kafkaFiles.copyAsProducerBlock(vscode.window.activeTextEditor),
    },
  };
}

/** Returns the file of a menu or of the status bar. */
function toUri(argument: unknown): vscode.Uri | undefined {
  return argument instanceof vscode.Uri ? argument : undefined;
}

/** Reads which action a link in the hover of an outcome stands for. */
const toOutcomeAction = object({ action: lenient(index) });

/** Returns the document of a code lens, or else the active one. */
function toFileUri(argument: unknown): vscode.Uri | undefined {
  const uri = toBlockArgument(argument)?.uri;
  return uri === undefined
    ? vscode.window.activeTextEditor?.document.uri
    : vscode.Uri.parse(uri, true);
}
