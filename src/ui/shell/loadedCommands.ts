import * as vscode from 'vscode';
import { BufferPool } from '../../viewer/store/bufferPool';
import { commandTable } from './commands';
import { Consumer } from '../messages/consume';
import { KafkaFiles } from '../kafkaFiles/kafkaFiles';
import { Producer } from '../produce/produce';
import type { CommandTable } from '../base/command';
import { onDemand } from '../base/onDemand';
import type { Services } from './services';
import { MessageActions } from '../viewer/messageActions';
import { Viewers } from '../viewer/viewers';

/** All commands: most of the code, which is loaded when the first one is called. */
export class LoadedCommands implements vscode.Disposable {
  readonly table: CommandTable;
  readonly kafkaFiles: KafkaFiles;
  readonly viewers: Viewers;
  readonly #owned: vscode.Disposable;

  constructor(services: Services) {
    const { connections, documents, topics, reporter, dist, globalState: state } = services;
    const viewers = new Viewers({ connections, documents, buffers: new BufferPool(), dist, state });
    const consumer = new Consumer(connections, documents, viewers, reporter);
    const producer = new Producer(connections, consumer, topics, reporter);
    const kafkaFiles = new KafkaFiles({ ...services, producer, consumer, display: viewers });
    const transfers = onDemand(async () => {
      const { Transfers } = await import('../transfer/transfers');
      return new Transfers({ connections, topics, consumer, reporter }, documents, viewers);
    });
    const messageActions = new MessageActions(documents, (...blocks) =>
      kafkaFiles.openBlocks(...blocks),
    );
    const workers = { producer, consumer, kafkaFiles, messageActions, viewers };
    this.table = commandTable({ ...services, ...workers, loadTransfers: transfers.get });
    this.kafkaFiles = kafkaFiles;
    this.viewers = viewers;
    this.#owned = vscode.Disposable.from(viewers, kafkaFiles, transfers);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
